// A template bound to its page in one language: finished bytes, and the few operations between them.

/// Reads a condition of the value at an address.
typealias Test = @Sendable (UnsafeRawPointer) -> Bool

enum Operation: Sendable {
    /// Finished bytes of the program.
    case literal(Range<Int>)
    case text(owner: Int, @Sendable (UnsafeRawPointer) -> String)
    case url(owner: Int, @Sendable (UnsafeRawPointer) -> String)
    case number(owner: Int, @Sendable (UnsafeRawPointer) -> Int)
    case markup(owner: Int, @Sendable (UnsafeRawPointer) -> HTMLBuffer)
    /// The page, in its layout.
    case content
    case skip(to: Int)
    case skipUnless(owner: Int, Test, to: Int)
    /// Runs the operations up to `end` for each element; if there is any, goes on at `next`, else at `end`.
    case each(owner: Int, Nested, end: Int, next: Int)
    /// Plural words: goes on at the form for the number.
    case plural(owner: Int, @Sendable (UnsafeRawPointer) -> Int, zero: Int, one: Int, other: Int)
}

/// Immutable: one serves all loops at once.
struct Program: Sendable {
    var bytes: [UInt8] = []
    var operations: [Operation] = []
    /// How many values can be open at once: the page, an element of its list, an element of that…
    var depth = 1

    /// What a layout shows in its middle.
    struct Content {
        let program: Program
        let page: UnsafeRawPointer
    }

    /// `page` is the address of a value of the type that the program was bound to.
    func run(_ page: UnsafeRawPointer, content: Content?, into buffer: inout HTMLBuffer) {
        withUnsafeTemporaryAllocation(of: UnsafeRawPointer.self, capacity: depth) { owners in
            owners.initialize(repeating: page)
            bytes.withUnsafeBufferPointer { bytes in
                let step = Run(operations: operations, bytes: bytes, owners: owners, content: content)
                step.run(from: 0, to: operations.count, depth: 1, into: &buffer)
            }
        }
    }
}

/// One rendering. The values' addresses live in `owners`: the page's first, then those of the elements around.
private struct Run {
    let operations: [Operation]
    let bytes: UnsafeBufferPointer<UInt8>
    let owners: UnsafeMutableBufferPointer<UnsafeRawPointer>
    let content: Program.Content?

    func run(from start: Int, to end: Int, depth: Int, into buffer: inout HTMLBuffer) {
        var index = start
        while index < end {
            let operation = operations[index]
            index += 1
            switch operation {
            case .literal(let range): buffer.append(markup: UnsafeBufferPointer(rebasing: bytes[range]))
            case .text(let owner, let read): buffer.append(text: read(owners[owner]))
            case .url(let owner, let read): buffer.append(url: read(owners[owner]))
            case .number(let owner, let read): buffer.append(read(owners[owner]))
            case .markup(let owner, let read): buffer.append(markup: read(owners[owner]))
            case .content: if let content { content.program.run(content.page, content: nil, into: &buffer) }
            case .skip(let target): index = target
            case .skipUnless(let owner, let test, let target): if !test(owners[owner]) { index = target }
            case .each(let owner, let elements, let bodyEnd, let next):
                let body = index
                let hasAny = elements.visit(owners[owner]) { element in
                    owners[depth] = element
                    run(from: body, to: bodyEnd, depth: depth + 1, into: &buffer)
                }
                index = hasAny ? next : bodyEnd
            case .plural(let owner, let read, let zero, let one, let other):
                let count = read(owners[owner])
                index = count == 0 ? zero : count == 1 ? one : other
            }
        }
    }
}
