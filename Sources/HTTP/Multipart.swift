// `multipart/form-data` (RFC 7578 on RFC 2046 §5.1), read as it arrives: files go to disk, fields stay in memory. The
// same bytes give the same form wherever they are cut.

import CLinux
import Glibc

/// Reads one form. Stricter than RFC 2046 where no browser needs the freedom: no preamble, no epilogue, no part inside a
/// part. Dropped at any time, it takes with it what it wrote.
///
/// unchecked: it shares nothing; the one connection that owns it calls it from one queue at a time.
public final class MultipartReader: @unchecked Sendable {
    /// Bytes of the header of one part.
    static let maximumHeader = 8 * 1024
    /// Bytes between a boundary and the end of its line, which only a transport could have added.
    private static let maximumPadding = 64

    /// What comes next.
    private enum Stage {
        case firstBoundary
        case endOfBoundary
        case header
        case content
        case end
        case failed(RequestError)
    }

    /// CRLF, two hyphens and the boundary: they end a part's content.
    private let delimiter: [UInt8]
    private let directory: String?
    private let dropsFiles: Bool
    private let limits: Limits
    private var stage = Stage.firstBoundary
    /// Bytes that could not be understood yet: the begin of a line or of a delimiter.
    private var pending: [UInt8] = []
    private var received = 0
    private var parts = 0
    private var headerBytes = 0
    private var textBytes = 0
    private var header = PartHeader()
    private var part: Part?
    private var form = Form()

    /// - Parameters:
    ///   - directory: Exists and lies on the file system on which the files shall stay; nil for a form that takes none.
    ///   - dropsFiles: Whether files are read past instead: of them only names and sizes are told.
    public init(boundary: [UInt8], directory: String?, dropsFiles: Bool = false, limits: Limits) {
        delimiter = [.cr, .lf, .minus, .minus] + boundary
        self.directory = directory
        self.dropsFiles = dropsFiles
        self.limits = limits
    }

    /// Takes the next bytes of the body. After an error everything is gone and each call throws it again.
    public func receive(_ bytes: UnsafeRawBufferPointer) throws(RequestError) {
        if case .failed(let error) = stage { throw error }
        do throws(RequestError) {
            try take(bytes)
        } catch {
            fail(error)
            throw error
        }
    }

    /// The form, once the body is complete; to be called once.
    public func finish() throws(RequestError) -> Form {
        if case .failed(let error) = stage { throw error }
        guard case .end = stage, pending.last != .cr else {
            let error = RequestError.bad("The form ends before its last boundary")
            fail(error)
            throw error
        }
        let complete = form
        fail(.bad("The form is complete"))
        return complete
    }

    private func fail(_ error: RequestError) {
        stage = .failed(error)
        pending = []
        part = nil
        form = Form()
    }

    private func take(_ bytes: UnsafeRawBufferPointer) throws(RequestError) {
        guard bytes.count <= limits.uploadBody - received else {
            throw RequestError(.contentTooLarge, "The form is larger than \(limits.uploadBody) bytes")
        }
        received += bytes.count
        if pending.isEmpty {
            let used = try consume(bytes)
            pending.append(contentsOf: bytes[used...])
        } else {
            var buffer: [UInt8] = []
            swap(&buffer, &pending)
            buffer.append(contentsOf: bytes)
            let used = try buffer.withUnsafeBufferPointer { bytes throws(RequestError) in
                try consume(UnsafeRawBufferPointer(bytes))
            }
            buffer.removeFirst(used)
            swap(&buffer, &pending)
        }
    }

    /// Goes as far as the bytes allow and returns how many of them are done with.
    private func consume(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        var index = 0
        while index < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
            let used =
                switch stage {
                case .firstBoundary: try readFirstBoundary(rest)
                case .endOfBoundary: try readEndOfBoundary(rest)
                case .header: try readHeaderLine(rest)
                case .content: try readContent(rest)
                case .end: try readEnd(rest)
                case .failed: 0
                }
            if used == 0 { break }
            index += used
        }
        return index
    }

    // Each step returns how many bytes it used: 0 when it needs more of them to know.

    private func readFirstBoundary(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        // RFC 2046 §5.1.1: the line break before the first boundary may be missing, and in a form it is.
        let wanted = bytes.first == .cr ? delimiter[...] : delimiter[2...]
        guard wanted.starts(with: bytes.prefix(wanted.count)) else {
            throw .bad("The form does not begin with its boundary")
        }
        guard bytes.count >= wanted.count else { return 0 }
        stage = .endOfBoundary
        return wanted.count
    }

    private func readEndOfBoundary(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        if bytes[0] == .minus {
            guard bytes.count >= 2 else { return 0 }
            guard bytes[1] == .minus else { throw Self.badBoundary }
            stage = .end
            return 2
        }
        let padding = bytes.prefix { $0.isBlank }.count
        guard padding <= Self.maximumPadding else { throw Self.badBoundary }
        guard bytes.count > padding else { return 0 }
        guard bytes[padding] == .cr else { throw Self.badBoundary }
        guard bytes.count > padding + 1 else { return 0 }
        guard bytes[padding + 1] == .lf else { throw Self.badBoundary }
        guard parts < limits.parts else {
            throw RequestError(.contentTooLarge, "The form has more than \(limits.parts) parts")
        }
        parts += 1
        headerBytes = 0
        header = PartHeader()
        stage = .header
        return padding + 2
    }

    private func readHeaderLine(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        let length = bytes.position(of: .lf)
        guard headerBytes + (length ?? bytes.count) < Self.maximumHeader else {
            throw .bad("A part of the form has a header of more than \(Self.maximumHeader) bytes")
        }
        guard let length else { return 0 }
        guard length > 0, bytes[length - 1] == .cr else { throw .bad("A line of the form ends without CR") }
        headerBytes += length + 1
        if length == 1 {
            try beginContent()
        } else {
            try header.read(ArraySlice(bytes[..<(length - 1)]))
        }
        return length + 1
    }

    private func beginContent() throws(RequestError) {
        guard let name = header.name else { throw .bad("A part of the form has no disposition") }
        try count(text: name.utf8.count)
        part = Part(name: name, header: header, dropsFiles: dropsFiles)
        stage = .content
    }

    private func readContent(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        if let position = bytes.position(of: delimiter) {
            try add(UnsafeRawBufferPointer(rebasing: bytes[..<position]))
            try endPart()
            stage = .endOfBoundary
            return position + delimiter.count
        }
        let content = bytes.count - bytes.countAtEnd(beginning: delimiter)
        try add(UnsafeRawBufferPointer(rebasing: bytes[..<content]))
        return content
    }

    /// Behind the last boundary there may be a line break and no more.
    private func readEnd(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        let padding = bytes.prefix { $0.isBlank }.count
        let isEnd = [.cr, .lf].starts(with: bytes.dropFirst(padding))
        guard isEnd, padding <= Self.maximumPadding else { throw .bad("Something follows the form's last boundary") }
        return 0
    }

    private func add(_ bytes: UnsafeRawBufferPointer) throws(RequestError) {
        guard !bytes.isEmpty else { return }
        if part?.isFile == false { try count(text: bytes.count) }
        try part?.add(bytes, directory: directory)
    }

    private func endPart() throws(RequestError) {
        try part?.finish(into: &form, directory: directory)
        part = nil
    }

    /// What fields hold in memory, names and values together.
    private func count(text bytes: Int) throws(RequestError) {
        textBytes += bytes
        guard textBytes <= limits.formBody else {
            throw RequestError(.contentTooLarge, "The form's fields are larger than \(limits.formBody) bytes")
        }
    }

    private static let badBoundary = RequestError.bad("A boundary of the form is malformed")
}

/// The part that is being read.
private struct Part {
    private let name: String
    private let filename: [UInt8]?
    private let contentType: String
    private var text: [UInt8] = []
    private var sink: UploadSink?
    /// Bytes so far of a file that is not stored; nil for every other.
    private var lostBytes: Int?

    init(name: String, header: PartHeader, dropsFiles: Bool) {
        self.name = name
        lostBytes = dropsFiles ? 0 : nil
        filename = header.filename
        contentType = header.contentType ?? "application/octet-stream"
    }

    var isFile: Bool { filename != nil }

    mutating func add(_ bytes: UnsafeRawBufferPointer, directory: String?) throws(RequestError) {
        guard isFile else { return text.append(contentsOf: bytes) }
        if let count = lostBytes {
            lostBytes = count + bytes.count
            return
        }
        do throws(RequestError) { try openSink(directory).write(bytes) } catch { try lose(bytes.count, error) }
    }

    /// Where the disk is full what was typed beside the file is taken all the same.
    private mutating func lose(_ more: Int, _ error: RequestError) throws(RequestError) {
        guard error.status == .insufficientStorage else { throw error }
        lostBytes = (sink?.size ?? 0) + more
        sink = nil
    }

    mutating func finish(into form: inout Form, directory: String?) throws(RequestError) {
        guard let filename else {
            guard let value = String(validating: text, as: UTF8.self), !text.contains(0) else {
                throw .bad("A form field is not well encoded")
            }
            return form.fields.append((name, value))
        }
        // A file input in which nothing was chosen: no name, no bytes.
        if sink == nil && filename.isEmpty && lostBytes ?? 0 == 0 { return }
        let shown = FileName.display(filename)
        if lostBytes == nil {
            do throws(RequestError) {
                let file = try openSink(directory).finish(field: name, name: shown, contentType: contentType)
                return form.files.append(file)
            } catch { try lose(0, error) }
        }
        form.lostFiles.append(LostFile(field: name, name: shown, size: lostBytes ?? 0))
    }

    private mutating func openSink(_ directory: String?) throws(RequestError) -> UploadSink {
        if let sink { return sink }
        guard let directory else { throw RequestError(.contentTooLarge, "This form takes no files") }
        let sink = try UploadSink(directory: directory)
        self.sink = sink
        return sink
    }
}

extension UnsafeRawBufferPointer {
    /// Where the bytes of `needle` first begin.
    fileprivate func position(of needle: [UInt8]) -> Int? {
        guard let base = baseAddress else { return nil }
        return needle.withUnsafeBytes { needle in
            guard let found = memmem(base, count, needle.baseAddress, needle.count) else { return nil }
            return UnsafeRawPointer(found) - base
        }
    }

    fileprivate func position(of byte: UInt8) -> Int? {
        guard let base = baseAddress, let found = memchr(base, Int32(byte), count) else { return nil }
        return UnsafeRawPointer(found) - base
    }

    /// How many bytes at the end are the begin of `delimiter`, whose first byte occurs in it nowhere else: so only the
    /// last such byte can begin one.
    fileprivate func countAtEnd(beginning delimiter: [UInt8]) -> Int {
        let tail = UnsafeRawBufferPointer(rebasing: suffix(delimiter.count - 1))
        guard let base = tail.baseAddress, let found = memrchr(base, Int32(delimiter[0]), tail.count) else { return 0 }
        let candidate = tail[(UnsafeRawPointer(found) - UnsafeRawPointer(base))...]
        return delimiter.starts(with: candidate) ? candidate.count : 0
    }
}
