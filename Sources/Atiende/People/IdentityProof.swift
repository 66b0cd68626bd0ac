// The question that a technician asks on the telephone, and its answer (SE-3). It shows who calls; it opens no account.

internal import Markup

struct IdentityProof: Sendable {
    let question: String
    /// As it is compared.
    let answer: String

    static let fields: [FieldSpec] = [
        .select("question", "identity.question", isShort: false),
        .line("ownQuestion", "identity.ownQuestion", upTo: 120, isOptional: true, hasHint: true),
        .secret("answer", "identity.answer", hasHint: true, autocomplete: "off"),
    ]

    private static let own = "own"
    private static let offered = ["school", "street", "pet", "boss", "dish"]
    private static let shortestAnswer = 2

    static func options(_ words: Words) -> [String: [FieldOption]] {
        ["question": (offered + [own]).map { FieldOption(value: $0, label: words.text("identity.question.\($0)")) }]
    }

    /// Nil, with its faults added, for what is not complete.
    static func read(_ sent: inout SentForm, _ words: Words) -> IdentityProof? {
        let chosen = sent["question"]
        if chosen == own, sent["ownQuestion"].isEmpty { sent.fault("ownQuestion", "identity.fault.question") }
        if sent.isGood("question"), !(offered + [own]).contains(chosen) {
            sent.faultEmpty("question")
        }
        let answer = normal(sent["answer"])
        if sent.isGood("answer") {
            if answer.count < shortestAnswer {
                sent.fault("answer", "identity.fault.short", ["least": .number(shortestAnswer)])
            } else if answer.utf8.count > PasswordHash.longest {
                sent.fault("answer", "identity.fault.long", ["most": .number(PasswordHash.longest)])
            }
        }
        guard fields.allSatisfy({ sent.faults[$0.id].isEmpty }) else { return nil }
        return IdentityProof(
            question: chosen == own ? sent["ownQuestion"] : words.text("identity.question.\(chosen)"), answer: answer)
    }

    /// What people say and what they wrote is compared without case, accents, and more than one space between words.
    static func normal(_ answer: String) -> String {
        answer.folded.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Blocks as long as any hash.
    func hashed(by hashing: Hashing) throws(Refusal) -> KeptIdentity {
        KeptIdentity(question: question, answer: try hashing.make(answer))
    }
}

/// As the table holds it.
struct KeptIdentity: Sendable {
    let question: String
    let answer: PasswordHash
}
