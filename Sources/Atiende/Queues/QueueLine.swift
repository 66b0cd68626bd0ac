// The next hours of a desk as a line: when it is open, now, and what is due. A drawing beside a sentence that says the same.

internal import Markup
internal import SLA

/// What is due within some hours.
struct QueueDues: Sendable, Equatable {
    /// So many are drawn.
    static let most = 60

    /// Instants in order.
    let due: [Int]
    /// How many are due between now and the end of the day, up to a limit.
    let comingToday: Int
    let breached: Int
}

struct QueueLine: Item {
    struct Piece: Item {
        let x: String
        let width: String

        static let fields: [Field<Piece>] = [.text("pieceX") { $0.x }, .text("pieceWidth") { $0.width }]
    }

    struct Hour: Item {
        let x: String
        let text: String

        static let fields: [Field<Hour>] = [.text("hourX") { $0.x }, .text("hourText") { $0.text }]
    }

    struct Mark: Item {
        let x: String
        let style: String
        let isLate: Bool
        let text: String

        static let fields: [Field<Mark>] = [
            .text("markX") { $0.x },
            .text("markStyle") { $0.style },
            .flag("isLate") { $0.isLate },
            .text("markText") { $0.text },
        ]
    }

    let sentence: String
    let open: [Piece]
    let closed: [Piece]
    let hours: [Hour]
    let nowX: String
    let marks: [Mark]

    static let fields: [Field<QueueLine>] = [
        .text("sentence") { $0.sentence },
        .list("open") { $0.open },
        .list("closed") { $0.closed },
        .list("hours") { $0.hours },
        .text("nowX") { $0.nowX },
        .list("marks") { $0.marks },
    ]
}

/// Ten hours from the whole hour before this one.
struct QueueLineMaking: Sendable {
    static let hours = 10
    private static let piece = 900
    /// More than that within a quarter of an hour are one mark with their number.
    private static let mostApart = 4

    let moments: Moments
    let calendar: Calendar
    let start: Int

    init(_ moments: Moments, _ calendar: Calendar) {
        self.moments = moments
        self.calendar = calendar
        start = Self.start(moments.now, moments.zone)
    }

    /// The whole hour before this one, on the reader's clock.
    static func start(_ now: Int, _ zone: TimeZoneRules) -> Int {
        now - zone.wallTime(at: Instant(clamping: now)).second % 3600 - 3600
    }

    var end: Int { start + Self.hours * 3600 }

    /// Nil where nothing is due.
    func line(_ dues: QueueDues) -> QueueLine? {
        guard dues.breached > 0 || dues.comingToday > 0 else { return nil }
        return QueueLine(
            sentence: sentence(dues), open: pieces(open: true), closed: pieces(open: false), hours: hourTicks,
            nowX: share(moments.now), marks: marks(dues.due))
    }

    // MARK: Words

    private func sentence(_ dues: QueueDues) -> String {
        let words = moments.words
        let minute = moments.zone.wallTime(at: Instant(clamping: moments.now)).second / 60
        var parts = [
            words.text(
                "queue.line.now", ["count": .number(minute / 60 == 1 ? 1 : 2), "time": .text(words.clock(minute))])
        ]
        if dues.breached > 0 {
            let isCapped = dues.breached >= QueueCounts.most
            let number = isCapped ? "\(QueueCounts.most - 1)+" : String(dues.breached)
            parts.append(words.text("queue.line.late", ["count": .number(dues.breached), "number": .text(number)]))
        }
        if let next = dues.due.first(where: { $0 >= moments.now }), dues.comingToday > 0 {
            parts.append(
                words.text(
                    "queue.line.coming",
                    [
                        "count": .number(dues.comingToday), "number": .text(String(dues.comingToday)),
                        "time": .text(words.duration(next - moments.now)),
                    ]))
        }
        return parts.joined(separator: " ")
    }

    // MARK: The drawing

    /// Stretches in which the desk is open, or closed, to the quarter of an hour.
    private func pieces(open: Bool) -> [QueueLine.Piece] {
        var found: [QueueLine.Piece] = []
        var from: Int?
        for instant in stride(from: start, through: end, by: Self.piece) {
            let isSuch = instant < end && calendar.isOpen(Instant(clamping: instant)) == open
            if isSuch, from == nil { from = instant }
            if !isSuch, let begun = from {
                found.append(QueueLine.Piece(x: share(begun), width: share(start + instant - begun)))
                from = nil
            }
        }
        return found
    }

    private var hourTicks: [QueueLine.Hour] {
        (1..<Self.hours).map { hour in
            let instant = start + hour * 3600
            let minute = moments.zone.wallTime(at: Instant(clamping: instant)).second / 60
            return QueueLine.Hour(x: share(instant), text: moments.words.time(minute: minute))
        }
    }

    private func marks(_ due: [Int]) -> [QueueLine.Mark] {
        var groups: [[Int]] = []
        for instant in due where start..<end ~= instant {
            if let first = groups.last?.first, instant - first < Self.piece {
                groups[groups.count - 1].append(instant)
            } else {
                groups.append([instant])
            }
        }
        var lastLabel: Int?
        return groups.flatMap { group -> [QueueLine.Mark] in
            let drawn = group.count > Self.mostApart ? [group[0]] : group
            return drawn.map { instant in
                // A label needs half an hour of room.
                let hasRoom = lastLabel.map { instant - $0 >= 1800 } ?? true
                if hasRoom { lastLabel = instant }
                let minute = moments.zone.wallTime(at: Instant(clamping: instant)).second / 60
                let isLate = instant < moments.now
                return QueueLine.Mark(
                    x: share(instant), style: isLate ? "m-late" : instant - moments.now < 3600 ? "m-soon" : "m-ok",
                    isLate: isLate,
                    text: group.count > Self.mostApart
                        ? String(group.count) : hasRoom ? moments.words.time(minute: minute) : "")
            }
        }
    }

    /// Its place in per cent, with two digits after the point.
    private func share(_ instant: Int) -> String {
        let hundredths = max(0, min(10_000, (instant - start) * 10_000 / (Self.hours * 3600)))
        let fraction = hundredths % 100
        return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)%"
    }
}
