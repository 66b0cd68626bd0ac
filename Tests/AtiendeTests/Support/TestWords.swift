// The repository's words, without a site.

import Markup

@testable import Atiende

enum TestWords {
    private static let templates = Result {
        try Templates(directory: TestSite.resources + "/Templates", asset: { "/assets/" + $0 })
    }

    static func read(_ language: Language) throws -> Words { try templates.get().words(in: language) }
}
