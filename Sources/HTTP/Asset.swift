// A static file as it is served: read once, compressed once, described once.

public final class Asset: Sendable {
    public let type: StaticString
    public let bytes: [UInt8]
    /// The same content as gzip, where that is smaller.
    public let gzip: [UInt8]?
    /// Entity tag with its quotes (RFC 9110 §8.8.3).
    public let etag: String
    /// Seconds since 1970.
    public let lastModified: Int
    /// The value of `Cache-Control`.
    public let cacheControl: StaticString

    public init(
        type: StaticString, bytes: [UInt8], gzip: [UInt8]?, etag: String, lastModified: Int, cacheControl: StaticString
    ) {
        self.type = type
        self.bytes = bytes
        self.gzip = gzip
        self.etag = etag
        self.lastModified = lastModified
        self.cacheControl = cacheControl
    }
}
