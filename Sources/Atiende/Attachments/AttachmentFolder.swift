// Where the bytes of attachments are: `files/ab/cdef…`, by their SHA-256. A file is whole and on the disk before a row
// names it, and never changes.

internal import Glibc
internal import HTTP

struct AttachmentFolder: Sendable {
    let path: String

    /// Nil for what is no SHA-256 in hexadecimal digits.
    func file(_ sha256: String) -> String? {
        guard sha256.utf8.count == 64, Hexadecimal.bytes(sha256) != nil else { return nil }
        return "\(path)/\(sha256.prefix(2))/\(sha256.dropFirst(2))"
    }

    /// Gives a complete file its place, durably; the same bytes may be there already. The file stays where it is, too: should
    /// its place be swept before a row names it, it is put there again.
    func place(_ source: String, as sha256: String) throws(SystemError) {
        guard let target = file(sha256) else { throw SystemError("hash \(sha256)", EINVAL) }
        let folder = Folder.parent(of: target)
        if !Folder.exists(folder) {
            try Folder.make(folder)
            try Folder.sync(path)
        }
        try Self.syncFile(source)
        if link(source, target) != 0 {
            let code = errno
            guard code == EEXIST else { throw SystemError("link \(target)", code) }
            try Self.syncFile(target)
        }
        try Folder.sync(folder)
    }

    func isThere(_ sha256: String) -> Bool { file(sha256).map(Folder.exists) ?? false }

    func remove(_ sha256: String) {
        if let file = file(sha256) { Folder.remove(file) }
    }

    /// Nil where its bytes are not there.
    func body(of attachment: Attachment) -> FileBody? {
        guard let path = file(attachment.sha256) else { return nil }
        let descriptor = Folder.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        return FileBody(
            descriptor: descriptor, size: attachment.size, type: attachment.type, etag: "\"\(attachment.sha256)\"",
            lastModified: attachment.at)
    }

    private static func syncFile(_ path: String) throws(SystemError) {
        let descriptor = Folder.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)", errno) }
    }
}

extension Desk {
    var attachments: AttachmentFolder { AttachmentFolder(path: folder.files) }
}

// MARK: Sweeping

extension Desk {
    /// Forgets files that no form took, and the bytes that belong to nothing. Blocks; some at a time.
    func sweepAttachments(at now: Int) throws(Refusal) {
        while try write({ try $0.forgetWaitingAttachments(at: now) }) {}
        let folder = attachments
        // In the writer: nobody files a row for the same bytes between the look and the removal.
        for hash in try read({ try $0.looseAttachments() }) {
            try write { if try $0.forgetLooseAttachment(hash) { folder.remove(hash) } }
        }
    }
}
