// The directory of templates: read once when the server starts, every page bound, every fault told together.
//
//     let templates = try Templates(directory: "Templates", asset: assets.url)
//     let home = templates.bind(HomePage.self)
//     let layout = templates.bind(LayoutPage.self)
//     try templates.finish()
//     home.render(HomePage(…), in: LayoutPage(…), by: layout, language: .es)

internal import Synchronization

public final class Templates: Sendable {
    private struct State {
        var library: Library
        var stamps: [FileStamp]
        /// Grows when files changed.
        var generation = 0
        var usage = Usage()
        var faults: [Fault] = []
    }

    private let directory: String
    private let wordsUsedByCode: [String]
    private let reloads: Bool
    private let asset: @Sendable (String) -> String?
    private let firstLibrary: Library
    private let state: Mutex<State>

    /// Reads every file. It throws only if the directory cannot be read: all other faults wait for `finish()`.
    ///
    /// - Parameters:
    ///   - wordsUsedByCode: keys that no template uses but code does; `status.*` stands for all that begin so.
    ///   - reloads: for development: files are looked at before every page, and read again if one changed.
    ///   - asset: the fingerprinted URL of a file of the public folder; nil if there is no such file.
    public convenience init(
        directory: String, wordsUsedByCode: [String] = [], reloads: Bool = false,
        asset: @escaping @Sendable (String) -> String?
    ) throws(TemplateFaults) {
        let stamps = try TemplateFiles.stamps(in: directory)
        let (files, faults) = TemplateFiles.read(stamps, in: directory)
        self.init(
            library: Library(files: files, faults: faults), stamps: stamps, directory: directory,
            wordsUsedByCode: wordsUsedByCode, reloads: reloads, asset: asset)
    }

    init(
        library: Library, stamps: [FileStamp] = [], directory: String = "", wordsUsedByCode: [String] = [],
        reloads: Bool = false, asset: @escaping @Sendable (String) -> String?
    ) {
        self.directory = directory
        self.wordsUsedByCode = wordsUsedByCode
        self.reloads = reloads
        self.asset = asset
        firstLibrary = library
        state = Mutex(State(library: library, stamps: stamps))
    }

    /// Binds a page to its template. Faults are kept for `finish()`, so that one start shows them all.
    public func bind<P: Page>(_ type: P.Type) -> Renderer<P> {
        let shape = Shape(page: type)
        let path = P.template.description
        let bound = BoundPage(shape, template: path, library: firstLibrary, asset: asset)
        state.withLock { state in
            state.faults += bound.faults
            state.usage.add(bound.usage)
        }
        guard reloads else { return Renderer(source: .fixed(bound)) }
        return Renderer(source: .reloading(ReloadingPage(shape, path, self, bound)))
    }

    /// To be called when every page is bound: throws all faults of files, words, names, and of what nobody uses.
    public func finish() throws(TemplateFaults) {
        let (usage, bindingFaults) = state.withLock { ($0.usage, $0.faults) }
        var faults = firstLibrary.faults + bindingFaults
        if usage.isComplete {
            faults += usage.faults
            faults += firstLibrary.words.faults(usedByTemplates: usage.keys, usedByCode: wordsUsedByCode)
            faults += unboundFiles.map { Fault(file: $0, line: 1, message: "no page uses this template") }
        }
        if !faults.isEmpty { throw TemplateFaults(faults) }
    }

    /// Templates that neither are a bound page's nor a partial of one, in order.
    public var unboundFiles: [String] {
        let used = state.withLock { $0.usage.files }
        return firstLibrary.templates.keys.filter { !used.contains($0) }.sorted()
    }

    /// The words of a language. Take them once when the server starts; while reloading, once a request.
    public func words(in language: Language) -> Words {
        let library = reloads ? current().library : firstLibrary
        return Words(language: language, phrases: library.words.phrases[language.index])
    }

    /// The library as the files are now, and its generation; only for reloading.
    func current() -> (library: Library, generation: Int) {
        state.withLock { state in
            // A directory that cannot be read for a moment (an editor replaces files) leaves all as it was.
            guard let stamps = try? TemplateFiles.stamps(in: directory), stamps != state.stamps else {
                return (state.library, state.generation)
            }
            let (files, faults) = TemplateFiles.read(stamps, in: directory)
            state.library = Library(files: files, faults: faults)
            state.stamps = stamps
            state.generation += 1
            return (state.library, state.generation)
        }
    }

    func rebind(_ page: Shape, _ path: String, _ library: Library) -> BoundPage {
        BoundPage(page, template: path, library: library, asset: asset)
    }
}

/// A page whose templates are being written: bound again whenever a file changed.
final class ReloadingPage: Sendable {
    private let shape: Shape
    private let path: String
    private let templates: Templates
    private let latest: Mutex<(generation: Int, page: BoundPage)>

    init(_ shape: Shape, _ path: String, _ templates: Templates, _ page: BoundPage) {
        self.shape = shape
        self.path = path
        self.templates = templates
        latest = Mutex((0, page))
    }

    var current: BoundPage {
        let (library, generation) = templates.current()
        return latest.withLock { latest in
            if latest.generation < generation {
                latest = (generation, templates.rebind(shape, path, library))
            }
            return latest.page
        }
    }
}
