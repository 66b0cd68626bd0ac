// What the tables of request heads are made of: a row, its outcome, and the ways to feed it to the parser.

import HTTP
import Testing

/// A raw request and what must come of it.
struct HeadCase: Sendable, CustomTestStringConvertible {
    let section: String
    /// One byte per scalar, so that any byte can be written.
    let raw: String
    let outcome: HeadOutcome
    var limits = Limits()

    var testDescription: String { "\(section): \(raw.debugDescription)" }
    var bytes: [UInt8] { raw.latin1 }

    /// A request that is taken, summed up as `METHOD path[?query] @host form version framing keep|close [100]`.
    static func takes(_ section: String, _ raw: String, _ summary: String) -> HeadCase {
        HeadCase(section: section, raw: raw, outcome: .taken(summary))
    }

    static func refuses(_ section: String, _ raw: String, _ code: UInt16, _ reason: String) -> HeadCase {
        HeadCase(section: section, raw: raw, outcome: .refused(code, reason))
    }

    static func waits(_ section: String, _ raw: String) -> HeadCase {
        HeadCase(section: section, raw: raw, outcome: .incomplete)
    }

    /// A request for `/` at `a.example` with one more field line.
    static func takes(_ section: String, field: String, _ rest: String = "none keep") -> HeadCase {
        takes(section, "GET / HTTP/1.1\r\nHost: a.example\r\n\(field)\r\n\r\n", "GET / @a.example origin 1.1 \(rest)")
    }

    static func refuses(_ section: String, field: String, _ code: UInt16, _ reason: String) -> HeadCase {
        refuses(section, "GET / HTTP/1.1\r\nHost: a.example\r\n\(field)\r\n\r\n", code, reason)
    }

    static func refuses(_ section: String, field: String, _ reason: String) -> HeadCase {
        refuses(section, field: field, 400, reason)
    }

    /// A request for `/` with that Host.
    static func takes(_ section: String, host: String) -> HeadCase {
        takes(section, "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n", "GET / @\(host) origin 1.1 none keep")
    }

    static func refuses(_ section: String, host: String) -> HeadCase {
        refuses(section, "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n", 400, "malformed Host")
    }

    /// A request with that target.
    static func takes(_ section: String, target: String) -> HeadCase {
        takes(
            section, "GET \(target) HTTP/1.1\r\nHost: a.example\r\n\r\n",
            "GET \(target) @a.example origin 1.1 none keep")
    }

    static func refuses(_ section: String, target: String, _ reason: String) -> HeadCase {
        refuses(section, "GET \(target) HTTP/1.1\r\nHost: a.example\r\n\r\n", 400, reason)
    }

    func with(_ change: (inout Limits) -> Void) -> HeadCase {
        var copy = self
        change(&copy.limits)
        return copy
    }
}

enum HeadOutcome: Equatable, Sendable {
    case taken(String)
    case refused(UInt16, String)
    case incomplete
}

/// All that the parser said, to the byte.
enum ParserAnswer: Equatable {
    case taken(head: [UInt8], summary: String, ranges: [Range<Int>], consumed: Int)
    case refused(UInt16, String)
    case incomplete

    var outcome: HeadOutcome {
        switch self {
        case .taken(_, let summary, _, _): .taken(summary)
        case .refused(let code, let reason): .refused(code, reason)
        case .incomplete: .incomplete
        }
    }

    init(_ parser: inout RequestParser, _ bytes: some Collection<UInt8>) {
        do throws(RequestError) {
            // An allocation of its own for each call: nothing may be kept from the call before.
            let copy = Array(bytes)
            let result = try copy.span.withUnsafeBytes { buffer throws(RequestError) in try parser.parse(buffer) }
            guard let (request, consumed) = result else {
                self = .incomplete
                return
            }
            self = .taken(
                head: request.head, summary: request.summary,
                ranges: [request.path, request.query ?? 0..<0, request.host]
                    + request.fields.flatMap { [$0.name, $0.value] },
                consumed: consumed)
        } catch {
            self = .refused(error.status.code, error.reason)
        }
    }

    /// What comes of the bytes when they arrive in pieces that end at these offsets; the last is the end.
    init(_ bytes: [UInt8], limits: Limits, arrivingTo offsets: some Sequence<Int>) {
        var parser = RequestParser(limits: limits)
        self = .incomplete
        for offset in offsets {
            self = ParserAnswer(&parser, bytes[..<offset])
            if self != .incomplete { return }
        }
    }
}

extension Request {
    var summary: String {
        let target = pathText + (queryText.map { "?" + $0 } ?? "")
        let version = version == .http11 ? "1.1" : "1.0"
        return "\(method.name) \(target) @\(text(host)) \(form) \(version) \(framing) "
            + (keepsAlive ? "keep" : "close") + (expectsContinue ? " 100" : "")
    }
}

extension String {
    /// One byte for each scalar up to U+00FF.
    var latin1: [UInt8] { unicodeScalars.map { UInt8($0.value) } }
}
