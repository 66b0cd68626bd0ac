// A file on disk as a response's body: opened before the response begins, sent in pieces, closed with its last owner.

import Glibc

public final class FileBody: Sendable {
    let descriptor: Int32
    public let size: Int
    public let type: String
    /// Entity tag with its quotes (RFC 9110 §8.8.3).
    public let etag: String
    /// Seconds since 1970.
    public let lastModified: Int

    /// Takes over an open descriptor. What `type` says may come from whoever uploaded the file.
    public init(descriptor: Int32, size: Int, type: String, etag: String, lastModified: Int) {
        self.descriptor = descriptor
        self.size = size
        self.type = type.withoutControls
        self.etag = etag.withoutControls
        self.lastModified = lastModified
    }

    deinit { close(descriptor) }
}
