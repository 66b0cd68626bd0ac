// A page's programs, one for each language, or the faults that keep it from having any.

internal import Synchronization

final class BoundPage: Sendable {
    /// By `Language.index`; of no use if there are faults.
    let programs: [Program]
    let faults: [Fault]
    let usage: Usage
    /// The size of the largest page so far: the next one gets as much room at once.
    private let room = Atomic<Int>(4096)
    private static let mostRoom = 1 << 20

    init(_ page: Shape, template path: String, library: Library, asset: @escaping @Sendable (String) -> String?) {
        var programs: [Program] = []
        var faults: [Fault] = []
        var usage = Usage()
        for language in Language.allCases {
            var compiler = Compiler(library: library, language: language, asset: asset)
            compiler.compile(page, template: path)
            programs.append(compiler.program)
            faults += compiler.faults
            usage.add(compiler.usage)
        }
        self.programs = programs
        self.faults = faults + library.faults.filter { usage.files.contains($0.file) || $0.file.hasPrefix("words/") }
        self.usage = usage
    }

    func newBuffer() -> HTMLBuffer { HTMLBuffer(capacity: room.load(ordering: .relaxed)) }

    func noteSize(of buffer: HTMLBuffer) {
        if buffer.count > room.load(ordering: .relaxed), buffer.count <= Self.mostRoom {
            room.store(buffer.count, ordering: .relaxed)
        }
    }

    /// The faults as a page of their own, for whoever is writing the templates.
    static func write(_ faults: [Fault], into buffer: inout HTMLBuffer) {
        buffer.append(markup: "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
        buffer.append(markup: "<title>Faults in templates</title>\n<h1>Faults in templates</h1>\n<ul>\n")
        for fault in inOrder(faults) {
            buffer.append(markup: "<li><code>")
            buffer.append(text: fault.description)
            buffer.append(markup: "</code></li>\n")
        }
        buffer.append(markup: "</ul>\n</html>\n")
    }
}
