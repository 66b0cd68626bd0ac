// Answers that are written once and used often, with places for what differs from ticket to ticket.

internal import Markup

struct CannedAnswer: Sendable, Equatable {
    typealias ID = Identifier<CannedAnswer>

    let id: ID
    let name: String
    let body: String

    static let most = 200

    /// With what the variables stand for. What came from people is not looked at again for variables.
    func text(_ values: [AnswerVariable: String]) -> String {
        AnswerVariable.parts(of: body).map { part in
            switch part {
            case .text(let text): text
            case .variable(let variable): values[variable] ?? ""
            case .unknown(let name): "{\(name)}"
            }
        }.joined()
    }
}

/// What a canned answer leaves open. Each has a Spanish and an English name, and either works in both languages.
enum AnswerVariable: String, Sendable, CaseIterable {
    case customer
    case folio
    case organization
    case technician
    case subject
    case status
    case provider

    enum Part: Equatable {
        case text(String)
        case variable(AnswerVariable)
        case unknown(String)
    }

    private var names: [String] {
        switch self {
        case .customer: ["cliente", "customer"]
        case .folio: ["folio"]
        case .organization: ["organización", "organizacion", "organization"]
        case .technician: ["técnico", "tecnico", "technician"]
        case .subject: ["asunto", "subject"]
        case .status: ["estado", "status"]
        case .provider: ["proveedor", "provider"]
        }
    }

    /// `{cliente}`, `{customer}`
    func name(in language: Language) -> String { "{" + (language == .es ? names[0] : names[names.count - 1]) + "}" }

    /// A brace that closes nothing, or that nothing closes on its line, is text.
    static func parts(of text: String) -> [Part] {
        var parts: [Part] = []
        var plain = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            let inside = rest[rest.index(after: open)...]
            let end = inside.firstIndex { $0 == "}" || $0 == "{" || $0.isNewline }
            guard let end, inside[end] == "}" else {
                plain += rest[...open]
                rest = inside
                continue
            }
            plain += rest[..<open]
            if !plain.isEmpty { parts.append(.text(plain)) }
            plain = ""
            let name = String(inside[..<end])
            let known = allCases.first { $0.names.contains(name.lowercased()) }
            parts.append(known.map(Part.variable) ?? .unknown(name))
            rest = inside[inside.index(after: end)...]
        }
        plain += rest
        if !plain.isEmpty { parts.append(.text(plain)) }
        return parts
    }

    static func unknown(in text: String) -> [String] {
        parts(of: text).compactMap { if case .unknown(let name) = $0 { name } else { nil } }
    }
}
