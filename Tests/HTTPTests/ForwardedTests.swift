import Testing

@testable import HTTP

@Suite struct ForwardedTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::FFFF:C000:0201", "192.0.2.1"),
        ("2001:DB8::0:1", "2001:db8::1"), ("::", "::"), ("::1", "::1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("::192.0.2.1", "::192.0.2.1"),
    ])
    func `an address is read and written`(text: String, canonical: String) throws {
        #expect(try #require(IPAddress(text)).description == canonical)
    }

    @Test(arguments: [
        "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "0x1.2.3.4", "1.2.3.4:80", "[::1]",
        "::1%eth0", ":::", "1::2::3",
        "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "::1\u{0}", "unknown", "-1.2.3.4", "ñ",
        "2001:db8::1/64",
    ])
    func `what is no address is refused`(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test func `bytes of a socket's address are an address`() {
        #expect(IPAddress(network: [127, 0, 0, 1]) == IPAddress("127.0.0.1"))
        #expect(
            IPAddress(network: Array(repeating: 0, count: 10) + [0xFF, 0xFF, 127, 0, 0, 1]) == IPAddress("127.0.0.1"))
        #expect(IPAddress(network: Array(repeating: 0, count: 15) + [1]) == IPAddress("::1"))
        for count in [0, 3, 5, 15, 17] { #expect(IPAddress(network: Array(repeating: 0, count: count)) == nil) }
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
        ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false), ("192.0.2.6/31", "192.0.2.7", true),
        ("0.0.0.0/0", "255.255.255.255", true),
        ("0.0.0.0/0", "::1", false), ("::/0", "2001:db8::1", true), ("::/0", "10.0.0.1", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true),
        ("2001:db8::/32", "2001:db9::", false), ("::1", "::1", true), ("::1/128", "::2", false),
        ("::ffff:10.0.0.0/8", "10.2.3.4", true),
    ])
    func `a network holds its addresses and no other's`(network: String, address: String, isInside: Bool) throws {
        #expect(try #require(CIDR(network)).contains(#require(IPAddress(address))) == isInside)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.0/a",
        "10.0.0.1/8", "::1/0", "::/129",
        "10.0.0.0/255.0.0.0", "10.0.0.0 /8", "::/99999999999999999999", "10/8", "::ffff:10.0.0.0/104",
    ])
    func `a malformed network is refused`(text: String) {
        #expect(CIDR(text) == nil)
    }

    @Test(arguments: ["", ",", "10.0.0.0/8,", "10.0.0.0/8;::1", "localhost", "Unix", "10.0.0.0/8 ::1", "10.0.0.1/8"])
    func `a malformed list names its bad word`(list: String) throws {
        let error = #expect(throws: TrustedProxies.InvalidProxy.self) { try TrustedProxies(list) }
        let word = try #require(error).word
        #expect(word.isEmpty || list.contains(word))
    }

    private static let far = IPAddress("203.0.113.9").map(Peer.internet) ?? .unix
    private static let near = IPAddress("10.0.0.1").map(Peer.internet) ?? .unix

    private func origin(_ fields: [(String, String)], from peer: Peer = near) throws -> Request.Origin {
        try TrustedProxies("10.0.0.0/8, 2001:db8::/32 ,unix").origin(of: .with(.get, "/", fields), from: peer)
    }

    @Test func `a peer that is not trusted speaks for itself alone`() throws {
        let fields = [
            ("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "desk.example"),
        ]
        let origin = try origin(fields, from: Self.far)
        #expect(origin.address == "203.0.113.9" && !origin.secure && origin.forwardedHost == nil)
        let nobody = TrustedProxies().origin(of: .with(.get, "/", fields), from: .unix)
        #expect(nobody.address == "unix" && !nobody.secure && nobody.forwardedHost == nil)
    }

    @Test(arguments: [
        ([], "10.0.0.1"), ([""], "10.0.0.1"), (["192.0.2.1"], "192.0.2.1"), (["198.51.100.1, 192.0.2.1"], "192.0.2.1"),
        (["198.51.100.1, 192.0.2.1, 10.0.0.2"], "192.0.2.1"),
        (["198.51.100.1", "192.0.2.1", "10.0.0.2,::ffff:10.0.0.3"], "192.0.2.1"),
        (["10.0.0.3, 10.0.0.2"], "10.0.0.3"), (["junk"], "10.0.0.1"), (["192.0.2.1, junk"], "10.0.0.1"),
        (["junk, 192.0.2.1"], "192.0.2.1"),
        (["192.0.2.1, junk, 10.0.0.2"], "10.0.0.2"), (["192.0.2.1:8080"], "10.0.0.1"),
        (["2001:DB8::2, 2001:DB7::2"], "2001:db7::2"),
        (["unix"], "10.0.0.1"), (["192.0.2.1,,, ,"], "192.0.2.1"), (["\"192.0.2.1"], "10.0.0.1"),
        (["\", 192.0.2.1"], "192.0.2.1"), (["\"198.51.100.1, 192.0.2.1"], "192.0.2.1"),
    ])
    func `the client is the first from the right that is not trusted`(values: [String], address: String) throws {
        #expect(try origin(values.map { ("X-Forwarded-For", $0) }).address == address)
    }

    @Test(arguments: [
        (["https"], true), (["HTTPS"], true), (["http"], false), ([], false), (["https, http"], false),
        (["http", "https"], true), (["httpsx"], false),
        (["on"], false),
    ])
    func `TLS is what the peer says`(values: [String], isSecure: Bool) throws {
        #expect(try origin(values.map { ("X-Forwarded-Proto", $0) }, from: .unix).secure == isSecure)
    }

    @Test(arguments: [
        "desk.example", "desk.example:8443", "192.0.2.1:80", "[2001:db8::1]", "[2001:db8::1]:443", "a_b.example",
        "localhost",
    ])
    func `a good host is taken`(host: String) throws {
        #expect(try origin([("X-Forwarded-Host", "evil.example, \(host)")]).forwardedHost == host)
    }

    @Test(arguments: [
        "", "desk.example:", "desk.example:0", "desk.example:65536", "desk.example:x", ":80", "a/b", "a@b", "a b",
        "[::1", "::1", "[1.2.3.4]", "[]", "[x]:1",
        "<b>", "ñ.example", String(repeating: "a", count: 256), "desk.example:080808", "\"desk.example\"",
    ])
    func `a bad host is ignored`(host: String) throws {
        #expect(try origin([("X-Forwarded-Host", host)]).forwardedHost == nil)
    }
}
