// What a customer sees of a ticket.

internal import Markup

struct OwnTicketPage: Page {
    struct Follower: Item {
        let name: String
        /// Takes him off; nil for whom the reader may not.
        let removal: FollowerForm?

        static let fields: [Field<Follower>] = [
            .text("followerName") { $0.name },
            .part("removal") { $0.removal },
        ]
    }

    /// Puts somebody on the list of followers, or takes him off.
    struct FollowerForm: Item {
        let action: String
        let keys: FormKeys
        let person: String
        let name: String

        static let fields: [Field<FollowerForm>] = [
            .text("followerAction") { $0.action },
            .part("followerKeys") { $0.keys },
            .text("followerPerson") { $0.person },
            .text("followerLabel") { $0.name },
        ]
    }

    struct AddFollower: Item {
        let action: String
        let keys: FormKeys
        let people: [FormField.Option]

        static let fields: [Field<AddFollower>] = [
            .text("addAction") { $0.action },
            .part("addKeys") { $0.keys },
            .list("people") { $0.people },
        ]
    }

    /// A form of one of the page's parts.
    struct Part: Item {
        let action: String
        let keys: FormKeys
        /// The number of the last event that the page shows.
        let version: String
        let fields: [FormField]
        /// Where the same form closes the ticket instead; empty where it cannot.
        var closure = ""
        /// Whether what folds is unfolded.
        var isOpen = false

        static let fields: [Field<Part>] = [
            .text("partAction") { $0.action },
            .part("partKeys") { $0.keys },
            .text("version") { $0.version },
            .list("partFields") { $0.fields },
            .text("closure") { $0.closure },
            .flag("isPartOpen") { $0.isOpen },
        ]
    }

    struct Survey: Item {
        struct Face: Item {
            let value: String
            let icon: String
            let label: String
            let isChosen: Bool

            static let fields: [Field<Face>] = [
                .text("faceValue") { $0.value },
                .text("faceIcon") { $0.icon },
                .text("faceLabel") { $0.label },
                .flag("isChosen") { $0.isChosen },
            ]
        }

        let action: String
        let keys: FormKeys
        let faces: [Face]
        let fault: String
        let comment: [FormField]

        static let fields: [Field<Survey>] = [
            .text("surveyAction") { $0.action },
            .part("surveyKeys") { $0.keys },
            .list("faces") { $0.faces },
            .text("surveyFault") { $0.fault },
            .list("comment") { $0.comment },
        ]
    }

    let back: String
    let folio: String
    let subject: String
    let badge: MyTicketBadge
    let isPrivate: Bool
    let faults: [FormFault]
    let clocks: ClockStrip
    /// While it is resolved: whether it is, and that it is not.
    var confirmation: Part?
    var reopening: Part?
    var survey: Survey?
    /// Where a closed ticket goes on; empty for every other.
    var followUpHref = ""
    let stages: [TicketStage]
    let conversation: Conversation
    var message: Part?
    /// Of the message.
    let files: AttachmentField
    let severityRank: String
    let severity: String
    let facts: [FactItem]
    let followers: [Follower]
    var follow: FollowerForm?
    var add: AddFollower?
    /// All of it as one file.
    let fileHref: String

    static let template: StaticString = "mytickets/show.html"
    static let fields: [Field<OwnTicketPage>] = [
        .text("fileHref") { $0.fileHref },
        .text("back") { $0.back },
        .text("folio") { $0.folio },
        .text("subject") { $0.subject },
        .part("badge") { $0.badge },
        .flag("isPrivate") { $0.isPrivate },
        .list("faults") { $0.faults },
        .number("faultCount") { $0.faults.count },
        .part("clocks") { $0.clocks },
        .part("confirmation") { $0.confirmation },
        .part("reopening") { $0.reopening },
        .part("survey") { $0.survey },
        .text("followUpHref") { $0.followUpHref },
        .list("stages") { $0.stages },
        .part("conversation") { $0.conversation },
        .part("message") { $0.message },
        .part("files") { $0.files },
        .text("severityRank") { $0.severityRank },
        .text("severity") { $0.severity },
        .list("facts") { $0.facts },
        .list("followers") { $0.followers },
        .part("follow") { $0.follow },
        .part("add") { $0.add },
    ]
}
