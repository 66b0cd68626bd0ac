// A tenant in one file, which `tar tf` and `sha256sum -c SHA256SUMS` understand. In this order: `manifest.json`, who the
// tenant is; `desk.sqlite`, its database; `files/…`, its attachments; `SHA256SUMS`, the hash of each file before it.

internal import Glibc
internal import HTTP

/// What is wrong with an archive, to be said after its name.
struct ArchiveFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

enum ArchiveEntry {
    static let manifest = "manifest.json"
    static let database = "desk.sqlite"
    static let files = "files/"
    static let sums = "SHA256SUMS"

    /// Bytes that are read or written at a time.
    static let piece = 256 * 1024

    static func line(_ digest: [UInt8], _ path: String) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "  " + path + "\n"
    }
}

/// Writes an archive. One owner, one thread.
final class ArchiveWriter {
    private let path: String
    private let descriptor: Int32
    private var sums = ""
    private var unsynced = 0

    /// Written data are put on the disk each time that they come to so many bytes: otherwise all of them would stand in
    /// the way of the next commit's sync.
    private static let bytesPerSync = 16 * 1024 * 1024

    /// Refuses a file that exists.
    init(path: String) throws(SystemError) {
        self.path = path
        descriptor = Folder.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func add(_ bytes: [UInt8], as name: String) throws {
        let header = try header(name, bytes.count)
        guard let digest = SHA256.digest(bytes) else { throw SystemError("SHA-256", ENOMEM) }
        try write(header.bytes[...])
        try write(bytes[...])
        try write([UInt8](repeating: 0, count: header.padding)[...])
        sums += ArchiveEntry.line(digest, name)
    }

    /// The file must stay as it is meanwhile.
    func add(fileAt source: String, as name: String) throws {
        let input = Folder.open(source, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard input >= 0 else { throw SystemError("open \(source)", errno) }
        defer { close(input) }
        var information = stat()
        guard fstat(input, &information) == 0 else { throw SystemError("stat \(source)", errno) }
        let header = try header(name, Int(information.st_size))
        guard let hash = SHA256() else { throw SystemError("SHA-256", ENOMEM) }
        try write(header.bytes[...])
        var left = header.size
        var piece = [UInt8](repeating: 0, count: ArchiveEntry.piece)
        while left > 0 {
            let count = read(input, &piece, min(left, piece.count))
            let code = errno
            if count < 0, code == EINTR { continue }
            guard count > 0 else { throw SystemError("read \(source)", count == 0 ? EIO : code) }
            guard piece[..<count].withUnsafeBytes({ hash.update($0) }) else { throw SystemError("SHA-256", ENOMEM) }
            try write(piece[..<count])
            left -= count
        }
        try write([UInt8](repeating: 0, count: header.padding)[...])
        guard let digest = hash.finish() else { throw SystemError("SHA-256", ENOMEM) }
        sums += ArchiveEntry.line(digest, name)
    }

    /// All is on the disk when it returns.
    func finish() throws {
        let text = Array(sums.utf8)
        let header = try header(ArchiveEntry.sums, text.count)
        try write((header.bytes + text)[...])
        try write([UInt8](repeating: 0, count: header.padding + 2 * TarHeader.block)[...])
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)", errno) }
    }

    private func header(_ name: String, _ size: Int) throws(ArchiveFault) -> TarHeader {
        guard TarHeader.staysInside(name), let header = TarHeader(path: name, size: size) else {
            throw ArchiveFault("cannot hold a file of the name \(name)")
        }
        return header
    }

    private func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            let code = errno
            guard count > 0 || code == EINTR else { throw SystemError("write \(path)", code) }
            rest = rest.dropFirst(max(0, count))
        }
        unsynced += bytes.count
        guard unsynced >= Self.bytesPerSync else { return }
        unsynced = 0
        guard fdatasync(descriptor) == 0 else { throw SystemError("fsync \(path)", errno) }
    }
}

/// Reads an archive from its beginning to its end, and believes nothing of it. One owner, one thread.
final class ArchiveReader {
    private let descriptor: Int32
    private var left: Int
    private var sums = ""

    init(path: String) throws {
        // Without waiting for whoever would write into a pipe.
        descriptor = Folder.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        left = 0
        guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
        var information = stat()
        guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
            throw ArchiveFault("is no file")
        }
        left = Int(information.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The next file's header; its content must be taken before the next.
    func next() throws -> TarHeader {
        let block = try read(TarHeader.block)
        guard block.contains(where: { $0 != 0 }) else { throw ArchiveFault("ends before its \(ArchiveEntry.sums)") }
        let header = try TarHeader(reading: block)
        // Nothing is written to the disk on the word of a header alone.
        guard header.size <= left, header.padding <= left - header.size else {
            throw ArchiveFault("is cut short: \(header.path) should have \(header.size) bytes")
        }
        return header
    }

    func bytes(of header: TarHeader, atMost limit: Int) throws -> [UInt8] {
        guard header.size <= limit else { throw ArchiveFault("has a \(header.path) that is too long") }
        let bytes = try read(header.size)
        guard let digest = SHA256.digest(bytes) else { throw SystemError("SHA-256", ENOMEM) }
        try skipPadding(of: header)
        sums += ArchiveEntry.line(digest, header.path)
        return bytes
    }

    /// Writes the file durably where nothing is.
    func extract(_ header: TarHeader, to path: String) throws {
        let output = Folder.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        let code = errno
        guard output >= 0 else {
            throw code == EEXIST ? ArchiveFault("holds \(header.path) twice") : SystemError("open \(path)", code)
        }
        defer { close(output) }
        guard let hash = SHA256() else { throw SystemError("SHA-256", ENOMEM) }
        var rest = header.size
        while rest > 0 {
            let piece = try read(min(rest, ArchiveEntry.piece))
            guard piece.withUnsafeBytes({ hash.update($0) }) else { throw SystemError("SHA-256", ENOMEM) }
            try Self.write(piece[...], to: output, path)
            rest -= piece.count
        }
        guard fsync(output) == 0 else { throw SystemError("fsync \(path)", errno) }
        try skipPadding(of: header)
        guard let digest = hash.finish() else { throw SystemError("SHA-256", ENOMEM) }
        sums += ArchiveEntry.line(digest, header.path)
    }

    /// The last file says what all before it were; then nothing comes.
    func verify(_ header: TarHeader) throws {
        // Before it is read as a whole.
        guard header.size == sums.utf8.count else {
            throw ArchiveFault("was altered: its \(ArchiveEntry.sums) does not list the files before it")
        }
        let told = try read(header.size)
        try skipPadding(of: header)
        guard told.elementsEqual(sums.utf8) else {
            let lines = told.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
            let known = Set(lines)
            let altered = sums.split(separator: "\n").first { !known.contains(String($0)) }
            throw ArchiveFault("was altered" + (altered.map { ": \($0.dropFirst(66)) is not what it was" } ?? ""))
        }
        let end = left
        guard end >= 2 * TarHeader.block else { throw ArchiveFault("is cut short") }
        guard end == 2 * TarHeader.block, try !read(end).contains(where: { $0 != 0 }) else {
            throw ArchiveFault("goes on after its end")
        }
    }

    private func skipPadding(of header: TarHeader) throws {
        guard try !read(header.padding).contains(where: { $0 != 0 }) else { throw ArchiveFault("was altered") }
    }

    private func read(_ count: Int) throws -> [UInt8] {
        guard count <= left else { throw ArchiveFault("is cut short") }
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            let read = bytes[done...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            let code = errno
            if read < 0, code == EINTR { continue }
            guard read >= 0 else { throw SystemError("read", code) }
            guard read > 0 else { throw ArchiveFault("is cut short") }
            done += read
        }
        left -= count
        return bytes
    }

    private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String) throws(SystemError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            let code = errno
            guard count > 0 || code == EINTR else { throw SystemError("write \(path)", code) }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
