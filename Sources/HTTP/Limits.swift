// How much of anything one client may use. All are settings; these are the defaults.

public struct Limits: Sendable {
    /// Bytes of the request line without its CRLF; past it `414`.
    public var requestLine = 8 * 1024
    /// Bytes of the header section, all field lines with their CRLF; past it `431`. A chunked body's trailers have the
    /// same bound.
    public var headerSection = 32 * 1024
    /// Field lines of the header section; past it `431`.
    public var fields = 100
    /// Bytes of a form's body, and of all fields together of a multipart form that are not files; past it `413`.
    public var formBody = 1024 * 1024
    /// Bytes of a body that carries files, several of 30 MB at once; past it `413`.
    public var uploadBody = 120 * 1024 * 1024 + 64 * 1024
    /// Parts of a multipart body; past it `413`.
    public var parts = 200
    /// Seconds within which a request's header must be complete; past it `408`.
    public var headerSeconds = 10
    /// Bytes per second that a body must keep on average, after a grace of `headerSeconds`; below it `408`.
    public var bodyBytesPerSecond = 1024
    /// Bytes per second at which a client must take a response, after the same grace; below it the connection ends.
    public var responseBytesPerSecond = 1024
    /// Seconds that a connection may be idle between requests.
    public var idleSeconds = 60
    /// Connections open at once; past it `503` with `Retry-After`.
    public var connections = 10_000
    /// Connections open at once from one address; past it `503` with `Retry-After`.
    public var connectionsPerAddress = 512

    public init() {}
}
