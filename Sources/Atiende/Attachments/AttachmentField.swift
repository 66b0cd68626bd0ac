// The field of a form for files, in finished words.

internal import Markup

/// The field for files, with those that are kept already, as `shared/attachment-field.html` draws it.
struct AttachmentField: Item {
    struct Kept: Item {
        let token: String
        let name: String
        let size: String
        let isPicture: Bool

        static let fields: [Field<Kept>] = [
            .text("keptToken") { $0.token },
            .text("keptName") { $0.name },
            .text("keptSize") { $0.size },
            .flag("isPicture") { $0.isPicture },
        ]
    }

    /// A file that was sent and is not kept.
    struct Refused: Item {
        let name: String
        let text: String

        static let fields: [Field<Refused>] = [
            .text("refusedName") { $0.name },
            .text("refusedText") { $0.text },
        ]
    }

    let kept: [Kept]
    let refused: [Refused]
    let fault: String
    let most: String
    let mostTogether: String

    init(kept: [Attachment] = [], refused: [Refused] = [], fault: String = "", _ numbers: NumberStyle) {
        self.kept = kept.map {
            Kept(token: $0.token, name: $0.name, size: numbers.size($0.size), isPicture: $0.dimensions != nil)
        }
        self.refused = refused
        self.fault = fault
        most = numbers.size(AttachmentLimits.mostBytes)
        mostTogether = numbers.size(AttachmentLimits.mostBytesTogether)
    }

    static let fields: [Field<AttachmentField>] = [
        .list("kept") { $0.kept },
        .list("refused") { $0.refused },
        .text("filesFault") { $0.fault },
        .text("mostSize") { $0.most },
        .number("mostBytes") { _ in AttachmentLimits.mostBytes },
        .text("mostTogetherSize") { $0.mostTogether },
        .number("mostTogether") { _ in AttachmentLimits.mostBytesTogether },
        .number("mostFiles") { _ in AttachmentLimits.mostFiles },
        .text("filesDescribed") {
            $0.fault.isEmpty ? "attachments-hint" : "attachments-hint attachments-error"
        },
    ]
}
