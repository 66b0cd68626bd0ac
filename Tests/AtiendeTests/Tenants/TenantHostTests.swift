// Host names given to tenants and taken away.

import Testing

@testable import Atiende

@Suite struct TenantHostTests {
    @Test func `a host that was added is the tenant's root, until it is removed`() throws {
        let site = try TestSite()
        #expect(try atiende("tenant", "host", "list", on: site) == "")
        #expect(
            try atiende("tenant", "host", "add", "proware", "Ayuda.Proware.Example", on: site)
                == "ayuda.proware.example is proware\n")
        _ = try atiende("tenant", "host", "add", "seres", "a.example", on: site)
        _ = try atiende("tenant", "host", "add", "seres", "a.example", on: site)
        #expect(
            try atiende("tenant", "host", "list", on: site) == "a.example\tseres\nayuda.proware.example\tproware\n")
        #expect(try site.get("/", ["Host": "ayuda.proware.example:8443"]).text.contains("Centro de ayuda de Proware"))
        #expect(
            try fault("tenant", "host", "add", "seres", "ayuda.proware.example", on: site).message
                == "ayuda.proware.example is another tenant's host")
        #expect(try site.get("/", ["Host": "ayuda.proware.example"]).text.contains("Proware"))
        #expect(
            try atiende("tenant", "host", "remove", "AYUDA.proware.example", on: site)
                == "ayuda.proware.example is free\n")
        #expect(try site.get("/", ["Host": "ayuda.proware.example"]).text.contains("<title>Centros de ayuda</title>"))
        let gone = try fault("tenant", "host", "remove", "ayuda.proware.example", on: site)
        #expect(gone.status == 1 && gone.message == "no tenant has the host ayuda.proware.example")
        #expect(
            try fault("tenant", "host", "add", "nobody", "b.example", on: site).message == "there is no tenant nobody")
    }

    @Test(arguments: [
        "", ".", "a.", ".a", "a..b", "-a.example", "a-.example", "a_b.example", "a b.example", "a.example:80",
        "http://a.example", "a.example/", "ñ.example", "192.0.2.1", "1", "[::1]", "::1", "a.example\n", "*.example",
        "a\0.example", String(repeating: "a", count: 64) + ".example",
        String(repeating: "a.", count: 130) + "example",
    ])
    func `what is no host name is refused`(_ name: String) throws {
        let site = try TestSite()
        let fault = try #require(
            #expect(throws: CommandFault.self) { try atiende("tenant", "host", "add", "seres", name, on: site) })
        #expect(fault.status == 2 && fault.message.contains("is no host name"))
        #expect(try site.installation.directory.hosts().isEmpty)
    }

    @Test(arguments: ["localhost", "a", "xn--ayuda-9ta.example", "1.example", "a.b-c.d1", "3com.example"])
    func `what is one is taken`(_ name: String) { #expect(HostName(name)?.text == name) }
}
