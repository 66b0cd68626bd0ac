// The staff's page of a ticket.

internal import Markup

/// A form of the page: most open under their name.
struct DeskForm: Item {
    let name: String
    /// Empty for a form that is a button alone.
    let title: String
    let path: String
    let keys: FormKeys
    let version: Int
    var fields: [FormField] = []
    /// What the button carries by itself.
    var hidden: [Hidden] = []
    let submit: String
    var isOpen = false
    /// A button for what cannot be taken back.
    var isRisk = false
    /// What came in between, where the form is stale.
    var stale: Stale?

    static let fields: [Field<DeskForm>] = [
        .text("formName") { $0.name },
        .text("formTitle") { $0.title },
        .text("formPath") { $0.path },
        .part("formKeys") { $0.keys },
        .number("formVersion") { $0.version },
        .list("formFields") { $0.fields },
        .list("hidden") { $0.hidden },
        .text("formSubmit") { $0.submit },
        .flag("formIsOpen") { $0.isOpen },
        .flag("isRisk") { $0.isRisk },
        .part("stale") { $0.stale },
    ]
}

struct Hidden: Item {
    let name: String
    let value: String

    static let fields: [Field<Hidden>] = [
        .text("hiddenName") { $0.name },
        .text("hiddenValue") { $0.value },
    ]
}

/// What somebody else did while a form was filled in.
struct Stale: Item {
    let text: String
    let changes: [Conversation.Change]
    /// Where both wrote something else: which to keep.
    let choices: [FormField]

    static let fields: [Field<Stale>] = [
        .text("staleText") { $0.text },
        .list("staleChanges") { $0.changes },
        .list("staleChoices") { $0.choices },
    ]
}

/// A part of the panel beside the conversation.
struct DeskSection: Item {
    struct Line: Item {
        let label: String
        var href = ""
        var detail = ""
        /// An icon of the sprite; empty for none.
        var icon = ""
        var form: DeskForm?

        static let fields: [Field<Line>] = [
            .text("lineLabel") { $0.label },
            .text("lineHref") { $0.href },
            .text("lineDetail") { $0.detail },
            .text("lineIcon") { $0.icon },
            .part("lineForm") { $0.form },
        ]
    }

    let id: String
    let title: String
    var count = ""
    var isOpen = false
    var facts: [FactItem] = []
    var lines: [Line] = []
    var note = ""
    var forms: [DeskForm] = []

    static let fields: [Field<DeskSection>] = [
        .text("sectionID") { $0.id },
        .text("sectionTitle") { $0.title },
        .text("sectionCount") { $0.count },
        .flag("sectionIsOpen") { $0.isOpen || $0.forms.contains { $0.isOpen } },
        .list("sectionFacts") { $0.facts },
        .list("lines") { $0.lines },
        .text("sectionNote") { $0.note },
        .list("forms") { $0.forms },
    ]
}

/// Where one answers, or writes a note.
struct DeskComposer: Item {
    let path: String
    let keys: FormKeys
    let version: Int
    let fault: String
    let statusFault: String
    let body: String
    let placeholder: String
    /// Nothing can be said to the customer any more: only a note.
    let isNoteOnly: Bool
    let isInternal: Bool
    let statuses: [FormField.Option]
    let channels: [FormField.Option]
    let answers: [FormField.Option]
    /// Below which their filled-in texts are.
    let answersHref: String
    /// Under which page a draft is kept.
    let ticketHref: String
    let next: String
    let stale: Stale?
    let between: Conversation?
    let files: AttachmentField

    static let fields: [Field<DeskComposer>] = [
        .text("composerPath") { $0.path },
        .part("composerKeys") { $0.keys },
        .number("composerVersion") { $0.version },
        .text("bodyFault") { $0.fault },
        .text("statusFault") { $0.statusFault },
        .text("bodyText") { $0.body },
        .text("placeholder") { $0.placeholder },
        .flag("isNoteOnly") { $0.isNoteOnly },
        .flag("noteIsChosen") { $0.isInternal || $0.isNoteOnly },
        .list("statuses") { $0.statuses },
        .list("channels") { $0.channels },
        .list("answers") { $0.answers },
        .text("answersHref") { $0.answersHref },
        .text("ticketHref") { $0.ticketHref },
        .text("nextLabel") { $0.next },
        .part("composerStale") { $0.stale },
        .part("between") { $0.between },
        .part("files") { $0.files },
    ]
}

/// All of a ticket's page but what changes with whoever looks at it and with other tickets.
struct DeskSheet: Page {
    let folio: String
    let subject: String
    let status: BadgeItem
    let severity: String
    let severityIcon: String
    let level: String
    let summary: String
    let openedAt: String
    let opened: String
    let actions: [DeskForm]
    let escalateHref: String
    /// Why nothing can be done just now; empty where it can.
    let blocked: String
    let faults: [FormFault]
    let stages: [TicketStage]
    let clocks: ClockStrip?
    let conversation: Conversation
    let composer: DeskComposer?
    let sections: [DeskSection]
    let fileHref: String

    static let template: StaticString = "desk/sheet.html"
    static let fields: [Field<DeskSheet>] = [
        .text("folio") { $0.folio },
        .text("subject") { $0.subject },
        .part("status") { $0.status },
        .text("severity") { $0.severity },
        .text("severityIcon") { $0.severityIcon },
        .text("level") { $0.level },
        .text("summary") { $0.summary },
        .text("openedAt") { $0.openedAt },
        .text("opened") { $0.opened },
        .list("actions") { $0.actions },
        .text("escalateHref") { $0.escalateHref },
        .text("blocked") { $0.blocked },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .list("stages") { $0.stages },
        .part("clocks") { $0.clocks },
        .part("conversation") { $0.conversation },
        .part("composer") { $0.composer },
        .list("sections") { $0.sections },
        .text("fileHref") { $0.fileHref },
    ]
}

struct DeskTicketPage: Page {
    let queueHref: String
    let position: String
    let previousHref: String
    let nextHref: String
    let presence: String
    let presenceHref: String
    let views: [QueuePage.View]
    /// The finished markup of a `DeskSheet`.
    let sheet: HTMLBuffer

    static let template: StaticString = "desk/ticket.html"
    static let fields: [Field<DeskTicketPage>] = [
        .text("queueHref") { $0.queueHref },
        .text("position") { $0.position },
        .text("previousHref") { $0.previousHref },
        .text("nextHref") { $0.nextHref },
        .text("presence") { $0.presence },
        .text("presenceHref") { $0.presenceHref },
        .list("views") { $0.views },
        .raw("sheet") { $0.sheet },
    ]
}
