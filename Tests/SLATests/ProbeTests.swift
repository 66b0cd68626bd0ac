// From probes to outages, flickers and gaps.

import SLA
import Testing

@Suite struct ProbeTests {
    private let start = instant("2026-03-02T10:00:00Z")

    /// One probe a minute: `+` success, `-` failure, a blank for silence.
    private func ledger(_ probes: String, _ policy: ProbePolicy = ProbePolicy()) -> ProbeLedger {
        var ledger = ProbeLedger(policy)
        for (minute, mark) in probes.enumerated() where mark != " " {
            ledger.take(Instant(clamping: start.seconds + minute * 60), isUp: mark == "+")
        }
        return ledger
    }

    private func minute(_ minute: Int) -> Instant { Instant(clamping: start.seconds + minute * 60) }

    @Test(
        arguments: [
            ("++++", [], []), ("+-++", [], [1]), ("+--++-+", [], [1, 5]), ("+---++", [[1, 4]], []),
            ("+---+-++", [[1, 6]], []), ("---", [[0, nil]], []), ("+---+", [[1, nil]], []),
            ("--+---++", [[3, 6]], [0]),
        ] as [(String, [[Int?]], [Int])])
    func `a confirmed outage starts at its first failure and ends at its first success`(
        probes: String, outages: [[Int?]], flickers: [Int]
    ) {
        let ledger = ledger(probes)
        #expect(ledger.outages.map { [$0.from, $0.to] } == outages.map { $0.map { $0.map(minute) } })
        #expect(ledger.flickers == flickers.map(minute))
        #expect(ledger.gaps.isEmpty)
    }

    @Test func `silence is a gap that ends what was going on`() {
        let up = ledger("++   ++")
        #expect(up.gaps.map(\.from) == [minute(2)] && up.gaps.map(\.to) == [minute(5)])
        #expect(up.outages.isEmpty)
        let down = ledger("---    --+++")
        #expect(down.outages.map(\.from) == [minute(0), minute(7)])
        #expect(down.outages.map(\.to) == [minute(3), minute(9)])
        #expect(down.gaps.map(\.wasUpBefore) == [false])
    }

    @Test func `a gap is taken for up only if both sides were and nobody complained`() {
        let quiet = ledger("++   ++").gaps[0]
        #expect(quiet.proposal(complaints: []) == .up)
        #expect(quiet.proposal(complaints: [minute(3)]) == .down)
        #expect(quiet.proposal(complaints: [minute(5)]) == .up)
        #expect(ledger("++   --").gaps[0].proposal(complaints: []) == .down)
        #expect(ledger("+-   ++").gaps[0].proposal(complaints: []) == .down)
    }

    @Test func `probes out of order or repeated are ignored`() {
        var ledger = ledger("+---")
        ledger.take(minute(2), isUp: true)
        ledger.take(minute(3), isUp: true)
        #expect(ledger.isOutage && ledger.outages.count == 1)
        #expect(ledger.lastSuccess == minute(0))
    }

    @Test func `minutes without data are counted apart and published as coverage`() throws {
        let month = try #require(AvailabilityMonth(zone: .utc, year: 2026, month: 3))
        let probes = ledger("++          ++")
        let unknown = IntervalSet(probes.gaps.map(\.seconds))
        let figure = ServiceMinutes(month, ServiceLedger(unknown: unknown), AvailabilityPolicy()).total
        #expect(figure.unknown == 10 && figure.downtime == 0)
        #expect(figure.coverage == "99.9775")
    }
}
