// `atiende tenant rename` and `atiende tenant delete`.

enum TenantMoveCommands {
    static let rename = Command(
        ["tenant", "rename"],
        [
            .init("SLUG", "its slug now"),
            .init("NEWSLUG", "its slug from now on; the same without it", isOptional: true),
        ],
        [.init("--name", "TEXT", "its name on pages from now on; the same without it"), CommandList.data],
        "gives a provider another slug, another name, or both; its hosts stay",
        .onData { invocation, installation throws(CommandFault) in
            let old = invocation.operands[0]
            let slug = try TenantCommands.known(old, in: installation)
            let new = invocation.operands.dropFirst().first
            let name = invocation["--name"]
            guard new != nil || name != nil else { throw .usage("tenant rename needs NEWSLUG, --name TEXT, or both") }
            let target = try new.map(TenantCommands.slug) ?? slug
            if let name { try TenantCommands.requireName(name) }
            do throws(Refusal) {
                try installation.rename(slug, to: target, name: name)
            } catch {
                if case .conflict = error { throw .failed("tenant \(target) exists already") }
                throw .failed("tenant \(slug) was not renamed: \(error.why)")
            }
            return "renamed \(slug)" + (target == slug ? "" : " to \(target)") + "\n"
        })

    static let delete = Command(
        ["tenant", "delete"], [.init("SLUG", "the provider")],
        [
            .init(
                "--confirm", "SLUG", "the same slug again: its tickets, people and files go for good",
                isRequired: true),
            CommandList.data,
        ],
        "removes a provider with everything that it has",
        .onData { invocation, installation throws(CommandFault) in
            let text = invocation.operands[0]
            guard invocation["--confirm"] == text else {
                throw .usage("nothing was deleted: to delete \(text) for good, give --confirm \(text)")
            }
            let slug = try TenantCommands.known(text, in: installation)
            do throws(Refusal) {
                let left = try installation.delete(slug)
                return "deleted \(slug)" + (left.map { "; \($0)" } ?? "") + "\n"
            } catch { throw .failed("tenant \(slug) was not deleted: \(error.why)") }
        })
}
