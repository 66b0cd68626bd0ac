// `atiende tenant host …`: the names that providers are reached by besides their slugs.

internal import Synchronization

enum TenantHostCommands {
    static let add = Command(
        ["tenant", "host", "add"],
        [.init("SLUG", "the provider"), .init("HOST", "a host name such as ayuda.example.com, without port")],
        [CommandList.data],
        "lets a provider be reached by a host name of its own",
        .onData { invocation, installation throws(CommandFault) in
            let slug = try TenantCommands.known(invocation.operands[0], in: installation)
            let host = try named(invocation.operands[1])
            do throws(Refusal) {
                try installation.changing.withLock { _ throws(Refusal) in
                    let owner = try installation.directory.tenant(host: host.text)
                    guard owner == nil || owner?.slug == slug else { throw .conflict }
                    try installation.directory.map(host: host.text, to: slug)
                }
            } catch {
                if case .conflict = error { throw .failed("\(host.text) is another tenant's host") }
                throw .failed(error.why)
            }
            return "\(host.text) is \(slug)\n"
        })

    static let remove = Command(
        ["tenant", "host", "remove"], [.init("HOST", "a host name that tenant host list shows")], [CommandList.data],
        "takes a host name from its provider",
        .onData { invocation, installation throws(CommandFault) in
            // Also a name that could not be added by now.
            let host = invocation.operands[0]
            do throws(Refusal) { try installation.directory.unmap(host: host) } catch {
                if case .notFound = error { throw .failed("no tenant has the host \(host)") }
                throw .failed(error.why)
            }
            return "\(host.hostName) is free\n"
        })

    static let list = Command(
        ["tenant", "host", "list"], [], [CommandList.data],
        "lists the host names and their providers, separated by tabs",
        .onData { _, installation throws(CommandFault) in
            do throws(Refusal) {
                return try installation.directory.hosts().map { "\($0.name)\t\($0.tenant)\n" }.joined()
            } catch { throw .failed(error.why) }
        })

    private static func named(_ text: String) throws(CommandFault) -> HostName {
        guard let host = HostName(text) else {
            throw .usage(
                "\(text) is no host name: letters, digits and inner hyphens between dots, without port; others as xn--…"
            )
        }
        return host
    }
}
