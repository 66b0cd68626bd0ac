// What a ticket's page shows of its clocks: a badge for each, and why it is due when it is.

internal import Markup

/// What `tickets/clocks` shows. Include it with `{{#with clocks}}{{> tickets/clocks}}{{/with}}`.
struct ClockStrip: Item {
    let isForStaff: Bool
    let clocks: [ClockLine]
    /// Whether the plan's hours are open now, and until when or from when.
    let hours: ClockBadge?
    let hoursNote: String
    /// When the next answer is due; empty where none is.
    let nextAnswer: String
    let ticking: ClockTicking

    /// What customers may open: the clocks of which there is something to explain.
    var explained: [ClockLine] { clocks.filter { $0.why != nil } }

    static let fields: [Field<ClockStrip>] = [
        .flag("clocksAreForStaff") { $0.isForStaff },
        .list("clockLines") { $0.clocks },
        .list("explainedClocks") { $0.explained },
        .part("planHours") { $0.hours },
        .text("planHoursNote") { $0.hoursNote },
        .text("nextAnswer") { $0.nextAnswer },
        .part("ticking") { $0.ticking },
    ]
}

/// One clock of a ticket.
struct ClockLine: Item {
    let name: String
    let state: String
    let icon: String
    let text: String
    /// What stands beside the badge.
    let note: String
    let moment: ClockMoment?
    /// Seconds since 1970, for the script that counts down; empty where nothing does.
    let due: String
    let soon: String
    /// Its calendar closes then: from there on the page must be asked again.
    let closes: String
    let why: WhyDate?

    static let fields: [Field<ClockLine>] = [
        .text("clockName") { $0.name },
        .text("state") { $0.state },
        .text("icon") { $0.icon },
        .text("text") { $0.text },
        .text("clockNote") { $0.note },
        .part("clockMoment") { $0.moment },
        .text("due") { $0.due },
        .text("soon") { $0.soon },
        .text("closes") { $0.closes },
        .part("why") { $0.why },
    ]
}

/// An instant for people and for programs.
struct ClockMoment: Item {
    /// RFC 3339.
    let at: String
    let text: String

    static let fields: [Field<ClockMoment>] = [
        .text("momentAt") { $0.at },
        .text("momentText") { $0.text },
    ]
}

/// The words with which `clocks.js` goes on counting, and the server's clock.
struct ClockTicking: Item {
    /// Seconds since 1970.
    let now: String
    let leftOne: String
    let leftOther: String
    let soon: String
    let late: String
    let least: String

    init(_ words: Words, now: String) {
        func text(_ key: String, count: Int = 2) -> String {
            words.text(key, ["count": .number(count), "time": .text("{time}")])
        }
        self.now = now
        leftOne = text("clocks.left", count: 1)
        leftOther = text("clocks.left")
        soon = text("clocks.soon")
        late = text("clocks.late")
        least = words.text("clocks.lessThanMinute")
    }

    static let fields: [Field<ClockTicking>] = [
        .text("tickingNow") { $0.now },
        .text("tickingLeftOne") { $0.leftOne },
        .text("tickingLeftOther") { $0.leftOther },
        .text("tickingSoon") { $0.soon },
        .text("tickingLate") { $0.late },
        .text("tickingLeast") { $0.least },
    ]
}
