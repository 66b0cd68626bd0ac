// What somebody proves himself with.

struct Credential: Sendable {
    let person: Person.ID
    let state: Person.State
    let password: PasswordHash?
    let hasTwoStep: Bool

    /// Whether the password is that of somebody who may come in. Takes the same time for an account that does not
    /// exist, has no password or may not come in. Blocks for some 200 ms: never on an event loop.
    static func matches(_ credential: Credential?, _ password: String) -> Bool {
        guard let credential, credential.state == .active, let hash = credential.password else {
            _ = PasswordHash.decoy.matches(password)
            return false
        }
        return hash.matches(password)
    }
}
