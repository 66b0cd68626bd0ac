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
    /// The fields that tell a client how to keep it.
    let fields: [(name: StaticString, value: String)]
    /// The field lines of a response with all of `bytes`, or of `gzip`, ready to be copied.
    let lines: [UInt8]
    let gzipLines: [UInt8]

    public init(
        type: StaticString, bytes: [UInt8], gzip: [UInt8]?, etag: String, lastModified: Int, cacheControl: StaticString
    ) {
        self.type = type
        self.bytes = bytes
        self.gzip = gzip
        self.etag = etag
        self.lastModified = lastModified
        self.cacheControl = cacheControl
        fields = [
            ("ETag", etag), ("Last-Modified", HTTPDate.text(lastModified)), ("Cache-Control", "\(cacheControl)"),
        ]
        var common: [UInt8] = []
        for (name, value) in fields.dropFirst() { common.append(field: name, value) }
        common.append(field: "Accept-Ranges", "bytes")
        if gzip != nil { common.append(field: "Vary", "Accept-Encoding") }
        common.append(field: "Content-Type", type)
        var lines: [UInt8] = []
        lines.append(field: "ETag", etag)
        self.lines = lines + common
        lines = []
        // A strong tag names bytes; the same content in another coding has a weak one (RFC 9110 §8.8.3.3).
        lines.append(field: "ETag", etag.utf8.starts(with: "W/".utf8) ? etag : "W/" + etag)
        lines.append(field: "Content-Encoding", "gzip")
        gzipLines = lines + common
    }
}
