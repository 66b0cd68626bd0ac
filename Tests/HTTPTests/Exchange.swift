// Raw requests, each with the raw responses that it must get, and the small site that gives them.

import HTTP
import Testing

struct Exchange: Sendable, CustomTestStringConvertible {
    let name: String
    let request: String
    /// All that the server sends until it ends the connection, without `Date`.
    let response: String
    /// Whether the client must say that it sends no more, since the server would wait for another request.
    var isKeptAlive = false

    var testDescription: String { name }

    /// What the site answers.
    @Sendable static func receive(_ request: Request) -> Reception {
        switch request.pathText {
        case "/hello": .serve(.none, .loop) { _ in .text(.ok, "hello\n") }
        case "/worker": .serve(.none, .worker) { _ in .text(.ok, "worked\n") }
        case "/last":
            .serve(.none, .loop) { _ in
                var response = Response.text(.ok, "last\n")
                response.closes = true
                return response
            }
        case "/empty": .serve(.none, .loop) { _ in Response(.noContent) }
        case "/nothing": .serve(.none, .loop) { _ in Response(.ok) }
        case "/see": .serve(.none, .loop) { _ in .seeOther("/hello") }
        case "/bytes": .serve(.bytes(maximum: 64), .loop, echo)
        case "/bytes-worker": .serve(.bytes(maximum: 64), .worker, echo)
        case "/form": .serve(.form, .loop, echo)
        case "*": .answer(Response(.noContent).adding("Allow", "GET, HEAD, POST, OPTIONS"))
        default: .answer(.text(.notFound, "not found\n"))
        }
    }

    @Sendable static func echo(_ request: Request) -> Response {
        switch request.body {
        case .none: .text(.ok, "nothing\n")
        case .bytes(let bytes): .text(.ok, "\(bytes.count) bytes: \(bytes.text)\n")
        case .form(let form): .text(.ok, form.fields.map { "\($0.name)=\($0.value)" }.joined(separator: ";") + "\n")
        }
    }

    /// A response of the site as it goes over the wire.
    static func ok(_ text: String, _ more: String = "") -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "\(more)\r\n\(text.utf8.text)"
    }

    static func refusal(_ status: String, _ text: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(text.utf8.count)\r\nContent-Type: text/plain; charset=utf-8\r\n"
            + "Connection: close\r\n\r\n\(text)"
    }

    static func get(_ path: String, _ fields: String = "", version: String = "1.1") -> String {
        "GET \(path) HTTP/\(version)\r\nHost: a.example\r\n\(fields)\r\n"
    }

    static func post(_ path: String, _ fields: String, _ body: String = "") -> String {
        "POST \(path) HTTP/1.1\r\nHost: a.example\r\n\(fields)\r\n\(body)"
    }
}
