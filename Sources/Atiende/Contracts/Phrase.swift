// Words in Spanish and in English.

internal import Markup

struct Phrase: Hashable, Sendable {
    var spanish: String
    var english: String

    init(_ spanish: String, _ english: String) {
        self.spanish = spanish
        self.english = english
    }

    /// A name that is the same in both.
    init(_ name: String) { self.init(name, name) }

    func text(in language: Language) -> String { language == .es ? spanish : english }
}
