// What somebody proves himself with.

struct Credential: Sendable {
    let person: Person.ID
    let state: Person.State
    let password: PasswordHash?
    let hasTwoStep: Bool
}
