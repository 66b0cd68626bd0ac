// "Why this date?" as its drawing shows it: a sentence, a row for each day, and where it all comes from.

internal import Markup

struct WhyDate: Item {
    let sentence: String
    let caption: String
    let hours: [Hour]
    let rows: [Row]
    /// What is left of how much; empty where nothing is.
    let left: String
    let hasPauses: Bool
    /// For staff only.
    let steps: [Step]
    let source: [FactItem]

    static let fields: [Field<WhyDate>] = [
        .text("sentence") { $0.sentence },
        .text("daysCaption") { $0.caption },
        .list("dayHours") { $0.hours },
        .list("dayRows") { $0.rows },
        .text("timeLeft") { $0.left },
        .flag("hasPauses") { $0.hasPauses },
        .list("escalations") { $0.steps },
        .list("promiseSource") { $0.source },
    ]

    /// A number above the drawings.
    struct Hour: Item {
        let x: String
        let label: String

        static let fields: [Field<Hour>] = [
            .text("x") { $0.x },
            .text("label") { $0.label },
        ]
    }

    struct Row: Item {
        let label: String
        let pieces: [Piece]
        let lines: [Line]
        let say: String
        let counted: String
        let total: String

        static let fields: [Field<Row>] = [
            .text("dayLabel") { $0.label },
            .list("pieces") { $0.pieces },
            .list("lines") { $0.lines },
            .text("say") { $0.say },
            .text("counted") { $0.counted },
            .text("total") { $0.total },
        ]
    }

    /// A rectangle of a day's drawing.
    struct Piece: Item {
        let kind: String
        let x: String
        let width: String
        let y: Int
        let height: String

        static let fields: [Field<Piece>] = [
            .text("kind") { $0.kind },
            .text("x") { $0.x },
            .text("width") { $0.width },
            .number("y") { $0.y },
            .text("height") { $0.height },
        ]
    }

    struct Line: Item {
        let kind: String
        let x: String

        static let fields: [Field<Line>] = [
            .text("kind") { $0.kind },
            .text("x") { $0.x },
        ]
    }

    /// A step of escalation, done or to come.
    struct Step: Item {
        let isDone: Bool
        let percent: String
        let text: String
        let moment: ClockMoment?

        static let fields: [Field<Step>] = [
            .flag("isDone") { $0.isDone },
            .text("percent") { $0.percent },
            .text("stepText") { $0.text },
            .part("stepMoment") { $0.moment },
        ]
    }
}
