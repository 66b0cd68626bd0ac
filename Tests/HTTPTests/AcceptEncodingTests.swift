import Testing

@testable import HTTP

@Suite struct AcceptEncodingTests {
    @Test(arguments: [
        "gzip", "GZIP", "x-gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip;q=1",
        "gzip;q=1.000", "gzip;q=0.001",
        "gzip ; q=0.5", "gzip;Q=0.5", "*", "*;q=0.1", "deflate, *", "identity, gzip", "identity;q=0, gzip;q=0.1",
        "gzip;level=9;q=1",
        ",,gzip,,", "junk;;;, gzip", "gzip;q=0, x-gzip", "br;q=2, gzip", "\"a,b\", gzip",
    ])
    func `gzip is accepted`(value: String) {
        #expect(Request.with(.get, "/", [("Accept-Encoding", value)]).acceptsGzip)
    }

    @Test(arguments: [
        "", "identity", "br", "gzip;q=0", "gzip;q=0.000", "gzip;q=0, *", "*;q=0", "gzip;q=", "gzip;q=2", "gzip;q=1.001",
        "gzip;q=0.0001",
        "gzip;q=-1", "gzip;q=.5", "gzip;q=a", "gzip;q=0,5;", "gzi", "gzipp", "\"gzip\"", "gzip br", "\"gzip", ";q=1",
        "identity;q=1, gzip;q=0.5",
    ])
    func `gzip is not accepted`(value: String) {
        #expect(!Request.with(.get, "/", [("Accept-Encoding", value)]).acceptsGzip)
    }

    @Test func `several fields are one list and none is no wish`() {
        #expect(Request.with(.get, "/", [("Accept-Encoding", "br"), ("accept-encoding", "gzip")]).acceptsGzip)
        #expect(!Request.with().acceptsGzip)
    }
}
