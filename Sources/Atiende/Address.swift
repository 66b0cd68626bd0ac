// What a request's host and path mean: a tenant and a path below it, or a path of the site.

internal import HTTP

struct Address: Sendable {
    let tenant: Tenant?
    /// What stands before the tenant's paths.
    let base: String
    /// The path below `base`, as sent; begins with `/`.
    let path: ArraySlice<UInt8>

    /// The whole path as it was sent, fit for a link: two slashes in front would name another host (WHATWG URL §4.4;
    /// there a backslash counts as a slash).
    var text: String {
        let isHost = base.isEmpty && path.dropFirst().first.map { $0 == 0x2F || $0 == 0x5C } == true
        return isHost ? "/" : base + String(decoding: path, as: UTF8.self)
    }

    static let root = Address(tenant: nil, base: "", path: [0x2F])

    private init(tenant: Tenant?, base: String, path: ArraySlice<UInt8>) {
        self.tenant = tenant
        self.base = base
        self.path = path
    }

    private static let prefix = Array("/t/".utf8)

    /// Not found where the path names a tenant that does not exist.
    init(of request: Request, in directory: any Directory) throws(Refusal) {
        let path = request.head[request.path]
        if let tenant = try directory.tenant(host: request.hostText.hostName) {
            self.init(tenant: tenant, base: "", path: path)
            return
        }
        guard path.starts(with: Self.prefix) else {
            self.init(tenant: nil, base: "", path: path)
            return
        }
        let rest = path.dropFirst(Self.prefix.count)
        let end = rest.firstIndex(of: 0x2F) ?? rest.endIndex
        let name = String(decoding: rest[..<end], as: UTF8.self)
        guard let slug = Slug(rawValue: name), let tenant = try directory.tenant(slug) else { throw .notFound }
        self.init(tenant: tenant, base: "/t/" + name, path: path[end...])
    }
}

extension String {
    /// A Host field's value without its port and without the dot of the root, in lower case: how hosts are kept in the
    /// directory.
    var hostName: String {
        var host = lowercased()[...]
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") { host = host[..<colon] }
        if host.hasSuffix(".") { host = host.dropLast() }
        return String(host)
    }
}
