// A file that belongs to a message of a ticket, or waits for the form to which it belongs.

struct Attachment: Sendable, Equatable {
    typealias ID = Identifier<Attachment>

    let id: ID
    /// By which it is asked for.
    let token: String
    /// The event with which it came; nil while it waits.
    let event: Int?
    let name: String
    /// As it is served.
    let type: String
    let size: Int
    /// In hexadecimal digits; where its bytes are kept.
    let sha256: String
    /// Of a picture that pages show; nil for every other file.
    let dimensions: Dimensions?

    struct Dimensions: Sendable, Equatable {
        let width: Int
        let height: Int
    }
}
