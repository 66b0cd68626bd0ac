// Writes one kind of page. Made once when the server starts; any loop or queue may use it at any time.

public struct Renderer<P: Page>: Sendable {
    let source: PageSource

    /// Appends the page. If templates are reloaded and have faults now, a page that lists these is written instead.
    public func render(_ page: P, language: Language, into buffer: inout HTMLBuffer) {
        let bound = source.current
        guard bound.faults.isEmpty else { return BoundPage.write(bound.faults, into: &buffer) }
        withUnsafePointer(to: page) { page in
            bound.programs[language.index].run(UnsafeRawPointer(page), content: nil, into: &buffer)
        }
    }

    public func render(_ page: P, language: Language) -> [UInt8] {
        let bound = source.current
        var buffer = bound.newBuffer()
        render(page, language: language, into: &buffer)
        bound.noteSize(of: buffer)
        return buffer.bytes
    }

    /// The page in a layout: written straight into the layout's `{{{content}}}`, never copied.
    public func render<L: Page>(
        _ page: P, in frame: L, by layout: Renderer<L>, language: Language, into buffer: inout HTMLBuffer
    ) {
        let bound = source.current
        let outer = layout.source.current
        guard bound.faults.isEmpty, outer.faults.isEmpty else {
            return BoundPage.write(bound.faults + outer.faults, into: &buffer)
        }
        withUnsafePointer(to: page) { page in
            let content = Program.Content(program: bound.programs[language.index], page: UnsafeRawPointer(page))
            withUnsafePointer(to: frame) { frame in
                outer.programs[language.index].run(UnsafeRawPointer(frame), content: content, into: &buffer)
            }
        }
    }

    public func render<L: Page>(_ page: P, in frame: L, by layout: Renderer<L>, language: Language) -> [UInt8] {
        let bound = source.current
        var buffer = bound.newBuffer()
        render(page, in: frame, by: layout, language: language, into: &buffer)
        bound.noteSize(of: buffer)
        return buffer.bytes
    }
}

/// Where a renderer finds its programs: bound once and for all, or bound again when files changed.
enum PageSource: Sendable {
    case fixed(BoundPage)
    case reloading(ReloadingPage)

    var current: BoundPage {
        switch self {
        case .fixed(let page): page
        case .reloading(let page): page.current
        }
    }
}
