// A file that arrives: written to a temporary place and hashed on the way. Dropped before it is finished, it leaves
// nothing behind.

import Glibc

/// Used by one owner at a time. Writing blocks as long as the page cache takes to accept the bytes.
final class UploadSink {
    private let storage: TemporaryFile
    private var descriptor: Int32
    private let hash: SHA256
    private(set) var size = 0

    /// Makes a new file that only its owner may read, under a name that nobody can guess.
    init(directory: String) throws(RequestError) {
        guard let hash = SHA256() else { throw Self.failure(ENOMEM) }
        // The system's generator: 128 bits from the kernel.
        let name =
            String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: .min ... .max), radix: 16)
        let path = "\(directory)/\(name).upload"
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        let code = errno
        guard descriptor >= 0 else { throw Self.failure(code) }
        self.hash = hash
        self.descriptor = descriptor
        storage = TemporaryFile(path: path)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(RequestError) {
        guard hash.update(bytes) else { throw Self.failure(ENOMEM) }
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
            let code = errno
            if count > 0 {
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            } else if count == 0 || code != EINTR {
                throw Self.failure(count == 0 ? EIO : code)
            }
        }
        size += bytes.count
    }

    /// Closes the file; to be called once, and nothing after it.
    func finish(field: String, name: String, contentType: String) throws(RequestError) -> UploadedFile {
        // Some file systems report a full disk only here. A failed close has closed nonetheless.
        let result = close(descriptor)
        let code = errno
        descriptor = -1
        guard result == 0 else { throw Self.failure(code) }
        guard let digest = hash.finish() else { throw Self.failure(ENOMEM) }
        return UploadedFile(
            field: field, name: name, contentType: contentType, size: size, sha256: digest, storage: storage)
    }

    private static func failure(_ code: Int32) -> RequestError {
        switch code {
        case ENOSPC, EDQUOT, EFBIG: RequestError(.insufficientStorage, "No room to store an uploaded file")
        default: RequestError(.serviceUnavailable, "An uploaded file could not be stored (errno \(code))")
        }
    }
}
