// The pages of one's own second step.

internal import HTTP
internal import Markup
internal import SQL

struct TwoStepPage: Page {
    /// A key that waits for its first code.
    struct Offer: Item {
        let path: String
        let side: Int
        let key: String
        let keys: FormKeys
        let fault: String

        static let fields: [Field<Offer>] = [
            .text("qrPath") { $0.path },
            .number("qrSide") { $0.side },
            .text("typedKey") { $0.key },
            .part("offerKeys") { $0.keys },
            .text("codeFault") { $0.fault },
        ]
    }

    /// A form that asks for the password.
    struct Ask: Item {
        let act: String
        let fields: [FormField]
        let keys: FormKeys

        static let fields: [Field<Ask>] = [
            .text("act") { $0.act },
            .list("askFields") { $0.fields },
            .part("askKeys") { $0.keys },
        ]
    }

    let faults: [FormFault]
    /// Why one was led here; empty for whoever came by himself.
    let notice: String
    /// Nil unless it is off and nothing waits.
    let start: Ask?
    let offer: Offer?
    /// Since when it is on; empty while it is off.
    let since: String
    let codesLeft: String
    let isShort: Bool
    let codes: Ask?
    /// Nil where the provider asks for a second step.
    let off: Ask?

    static let template: StaticString = "sessions/two-step.html"
    static let fields: [Field<TwoStepPage>] = [
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .text("notice") { $0.notice },
        .part("start") { $0.start },
        .part("offer") { $0.offer },
        .text("since") { $0.since },
        .text("codesLeft") { $0.codesLeft },
        .flag("isShort") { $0.isShort },
        .part("codes") { $0.codes },
        .part("off") { $0.off },
    ]

    /// The page as it is now, with what is wrong with one of its forms.
    static func response(_ visit: Visit, _ draft: FormDraft, status: Status? = nil) throws(Refusal) -> Response {
        let desk = try visit.tenantDesk()
        let session = try visit.signedIn()
        let (twoStep, waiting) = try desk.read { connection in
            (
                try connection.twoStep(of: session.person.id),
                try connection.offeredTwoStep(to: session.hash, at: visit.now)
            )
        }
        let words = visit.words
        func ask(_ act: TwoStepRoutes.Act, _ field: FieldSpec) -> Ask {
            Ask(act: act.rawValue, fields: draft.fields([field], words), keys: visit.formKeys())
        }
        let isObliged = desk.policy.twoStepRoles.contains(session.person.role.name)
        let moment = try twoStep.map { (twoStep) throws(Refusal) in
            MailWords(words: words, zone: try visit.zone(), now: visit.now).moment(twoStep.since)
        }
        let page = TwoStepPage(
            faults: draft.faultLines,
            notice: session.standing == .needsTwoStep
                ? words.text("sessions.twoStep.obliged", ["provider": .text(desk.provider.name)]) : "",
            start: twoStep == nil && waiting == nil ? ask(.start, TwoStepRoutes.startPassword) : nil,
            offer: twoStep == nil ? try waiting.map { (key) throws(Refusal) in try offer(key, visit, draft) } : nil,
            since: moment.map { words.text("sessions.twoStep.since", ["when": .text($0)]) } ?? "",
            codesLeft: twoStep.map { words.text("sessions.codesLeft", ["count": .number($0.codesLeft)]) } ?? "",
            isShort: twoStep.map { $0.codesLeft < 3 } ?? false,
            codes: twoStep == nil ? nil : ask(.codes, TwoStepRoutes.codesPassword),
            off: twoStep == nil || isObliged ? nil : ask(.off, TwoStepRoutes.offPassword))
        return visit.showForm(
            page, visit.site.pages.twoStep, title: words.text("sessions.twoStep.title"), draft.faults, status: status)
    }

    private static func offer(_ key: TimeCode, _ visit: Visit, _ draft: FormDraft) throws(Refusal) -> Offer {
        let person = try visit.signedIn().person
        let uri = key.uri(issuer: try visit.tenantDesk().provider.name, account: person.email)
        // A name and an address too long for a code leave the key to be typed.
        let drawing = QRCode(uri).map { QRDrawing($0) }
        return Offer(
            path: drawing?.path ?? "", side: drawing?.side ?? 0, key: key.typedSecret, keys: visit.formKeys(),
            fault: draft.faults["code"])
    }
}

/// The codes for paper, the one time that they can be read.
struct RecoveryCodesPage: Page {
    struct Code: Item {
        let text: String

        static let fields: [Field<Code>] = [.text("recoveryCode") { $0.text }]
    }

    let lead: String
    let codes: [Code]
    let fileHref: String
    let keys: FormKeys
    let home: String

    static let template: StaticString = "sessions/recovery-codes.html"
    static let fields: [Field<RecoveryCodesPage>] = [
        .text("lead") { $0.lead },
        .list("codes") { $0.codes },
        .text("fileHref") { $0.fileHref },
        .part("keys") { $0.keys },
        .text("home") { $0.home },
    ]

    /// - Parameter isNew: Whether the second step was turned on just now.
    static func response(_ visit: Visit, _ codes: [RecoveryCode], isNew: Bool) -> Response {
        let page = RecoveryCodesPage(
            lead: visit.words.text(isNew ? "sessions.codes.on" : "sessions.codes.again"),
            codes: codes.map { Code(text: $0.text) }, fileHref: visit.link("/profile/two-step/codes"),
            keys: visit.formKeys(), home: visit.link("/"))
        return visit.show(page, visit.site.pages.recoveryCodes, title: visit.words.text("sessions.codes.title"))
    }
}
