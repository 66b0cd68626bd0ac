import Testing

@testable import HTTP

@Suite struct CookiesTests {
    private func sid(_ fields: String...) -> String? {
        Request.with(.get, "/", fields.map { ("Cookie", $0) }).cookie("sid")
    }

    @Test(arguments: [
        "", ";", ";;;", "=", "sid", "sid;", "=sid", "asid=1", "sid =1", "SID=1", "sida=1", "a=sid=1", "sid\u{1}=1",
        "sid=a b", "sid=\"1\"",
        "sid=a,b", "sid=ñ", "sid=a\\b", "sid=\u{7F}", ", sid=1", "a=1, sid=2", "a=\"; b\"sid=1",
    ])
    func `what is not that cookie is passed over`(field: String) {
        #expect(sid(field) == nil)
    }

    @Test(arguments: [
        "sid=abc", "sid=abc;", " sid=abc ", "\tsid=abc\t;", "a=1; sid=abc; b=2", "a=1;sid=abc;b=2", ";;sid=abc",
        "a; =; sid=abc",
        "sid=no good; sid=abc", "sid=abc; sid=def", "a=\"x; sid=abc", "sida=1; asid=2; sid=abc",
    ])
    func `the first good value is found`(field: String) {
        #expect(sid(field) == "abc")
    }

    @Test func `several fields are searched in order`() {
        #expect(sid("a=1", "b=2; sid=abc", "sid=def") == "abc")
        #expect(Request.with(.get, "/", [("COOKIE", "sid=x=y=")]).cookie("sid") == "x=y=")
        #expect(Request.with(.get, "/", [("X-Cookie", "sid=1"), ("Cookie", "sid=")]).cookie("sid") == "")
        #expect(Request.with(.get, "/", [("Cookie", "=1")]).cookie("") == nil)
    }

    @Test func `a cookie is closed to scripts, to plain connections and to other sites unless said otherwise`() {
        #expect(SetCookie(name: "sid", value: "a1")?.header == "sid=a1; Path=/; HttpOnly; Secure; SameSite=Lax")
        let open = SetCookie(
            name: "theme", value: "", path: "/t/acme/", maxAge: 0, httpOnly: false, secure: false, sameSite: .strict)
        #expect(open?.header == "theme=; Path=/t/acme/; Max-Age=0; SameSite=Strict")
        #expect(
            SetCookie(name: "__Host-sid", value: "a", sameSite: .none)?.header
                == "__Host-sid=a; Path=/; HttpOnly; Secure; SameSite=None")
        var response = Response(.ok)
        response.add(SetCookie(name: "a", value: "b")!)
        #expect(response.fields.map { "\($0.name)" } == ["Set-Cookie"])
    }

    @Test(arguments: ["", "a b", "a=b", "a;b", "a\r\nb", "ñ", "a\u{0}", "\"a\"", "a,b", "a@b"])
    func `a name that is no token is refused`(name: String) {
        #expect(SetCookie(name: name, value: "1") == nil)
    }

    @Test(arguments: [
        "a b", "a;b", "a,b", "\"a\"", "a\\b", "a\r\nSet-Cookie: b=c", "ñ", "\u{0}", "\t",
        String(repeating: "a", count: 4096),
    ])
    func `a value that a client would misread is refused`(value: String) {
        #expect(SetCookie(name: "a", value: value) == nil)
    }

    @Test func `a value with an equals sign and of full length passes`() {
        #expect(SetCookie(name: "a", value: "b=c==") != nil)
        #expect(SetCookie(name: "a", value: String(repeating: "a", count: 4095)) != nil)
    }

    @Test(arguments: ["", "a", "/a;b", "/a\r\n", "/ñ", "/" + String(repeating: "a", count: 1024)])
    func `a bad path is refused`(path: String) {
        #expect(SetCookie(name: "a", value: "b", path: path) == nil)
    }

    @Test(arguments: ["__Host-a", "__HOST-a", "__host-a"])
    func `a host cookie is for the whole host by TLS alone`(name: String) {
        #expect(SetCookie(name: name, value: "b") != nil)
        #expect(SetCookie(name: name, value: "b", path: "/a") == nil)
        #expect(SetCookie(name: name, value: "b", secure: false) == nil)
    }

    @Test func `what needs TLS is refused without it`() {
        #expect(SetCookie(name: "__Secure-a", value: "b", path: "/a") != nil)
        #expect(SetCookie(name: "__secure-a", value: "b", secure: false) == nil)
        #expect(SetCookie(name: "a", value: "b", secure: false, sameSite: .none) == nil)
        #expect(SetCookie(name: "a", value: "b", maxAge: -1) == nil)
    }
}
