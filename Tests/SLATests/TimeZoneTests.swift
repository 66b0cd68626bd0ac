// Time zones from TZif bytes: against the system's own arithmetic, at gaps and repeats, beyond the table, and hostile.

import Foundation
import SLA
import Testing

private let zones = [
    "UTC", "America/Mexico_City", "America/Tijuana", "America/Bogota", "America/New_York", "America/Santiago",
    "America/Sao_Paulo", "America/Havana", "Europe/Madrid", "Europe/Dublin", "Asia/Kolkata", "Asia/Gaza",
    "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "America/Nuuk", "Antarctica/Troll",
]

@Suite struct TimeZoneTests {
    @Test(arguments: zones)
    func `offsets agree with the system's own from 1970 to 2037`(name: String) throws {
        let rules = try Zones.rules(name)
        let last = instant("2037-12-31T00:00:00Z").seconds
        let instants = stride(from: 0, to: last, by: 86_400 * 3 + 12_347).compactMap { Instant(seconds: $0) }
        let expected = try systemOffsets(of: name, at: instants)
        try #require(expected.count == instants.count)
        let different = zip(instants, expected).filter { rules.offset(at: $0) != $1 }.map(\.0)
        #expect(different == [])
    }

    /// What `date` says, which reads the same files: Foundation brings a history of its own, which may be another.
    private func systemOffsets(of zone: String, at instants: [Instant]) throws -> [Int] {
        let list = FileManager.default.temporaryDirectory.appending(path: "atiende-\(UUID())")
        try instants.map { "@\($0.seconds)\n" }.joined().write(to: list, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: list) }
        let (date, output) = (Process(), Pipe())
        date.executableURL = URL(filePath: "/bin/date")
        date.arguments = ["-f", list.path, "+%z"]
        date.environment = ["TZ": zone]
        date.standardOutput = output
        try date.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        date.waitUntilExit()
        return text.split(separator: "\n").compactMap { line in
            guard let number = Int(line) else { return nil }
            return number / 100 * 3600 + number % 100 * 60
        }
    }

    @Test func `far beyond the table the rule at the end of the file decides`() throws {
        let tijuana = try Zones.rules("America/Tijuana")
        // The second Sunday of March at 02:00, in years that no table lists.
        for (before, year) in [("2126-03-10", 2126), ("2926-03-10", 2926), ("9326-03-10", 9326)] {
            let start = try #require(CivilDate(before))
            #expect(start.weekday == .sunday)
            let midnight = tijuana.start(of: start)
            #expect(tijuana.offset(at: midnight) == -8 * 3600)
            #expect(tijuana.offset(at: midnight.advanced(by: 2 * 3600 - 1)!) == -8 * 3600)
            #expect(tijuana.offset(at: midnight.advanced(by: 2 * 3600)!) == -7 * 3600, "\(year)")
        }
        #expect(try Zones.rules("America/Mexico_City").offset(at: instant("2500-07-01T00:00:00Z")) == -6 * 3600)
    }

    @Test func `a time that the clock skips says when the clock goes on`() throws {
        let zone = try Zones.rules("America/Tijuana")
        let skipped = WallTime(date: date("2026-03-08"), hour: 2, minute: 30)!
        #expect(zone.resolve(skipped) == .skipped(until: instant("2026-03-08T10:00:00Z")))
        let edge = WallTime(date: date("2026-03-08"), hour: 3, minute: 0)!
        #expect(zone.resolve(edge) == .once(instant("2026-03-08T10:00:00Z")))
    }

    @Test func `a time that the clock repeats has two instants`() throws {
        let zone = try Zones.rules("America/Tijuana")
        let repeated = WallTime(date: date("2026-11-01"), hour: 1, minute: 30)!
        #expect(
            zone.resolve(repeated)
                == .repeated(first: instant("2026-11-01T08:30:00Z"), last: instant("2026-11-01T09:30:00Z")))
        let edge = WallTime(date: date("2026-11-01"), hour: 2, minute: 0)!
        #expect(zone.resolve(edge) == .once(instant("2026-11-01T10:00:00Z")))
    }

    @Test func `a whole date can be missing from a zone`() throws {
        let apia = try Zones.rules("Pacific/Apia")
        #expect(apia.start(of: date("2011-12-30")) == instant("2011-12-30T10:00:00Z"))
        #expect(apia.start(of: date("2011-12-31")) == instant("2011-12-30T10:00:00Z"))
    }

    @Test(arguments: zones)
    func `local times lead back to their instants`(name: String) throws {
        let rules = try Zones.rules(name)
        var random = SplitMix(seed: 11)
        for _ in 0..<5_000 {
            let at = Instant(seconds: random.next(in: -4_000_000_000...20_000_000_000))!
            let wall = rules.wallTime(at: at)
            switch rules.resolve(wall) {
            case .once(let back): #expect(back == at)
            case .repeated(let first, let last):
                #expect(first == at || last == at || (first < at && at < last))
                #expect(rules.wallTime(at: first) == wall && rules.wallTime(at: last) == wall)
            case .skipped: Issue.record("\(name): the clock showed \(wall) at \(at)")
            }
        }
    }

    @Test func `every zone of the system can be read`() throws {
        let root = "/usr/share/zoneinfo"
        var count = 0
        for case let path as String in try #require(FileManager.default.enumerator(atPath: root)) {
            if path.hasPrefix("right/") { continue }
            guard let bytes = try? Zones.bytes(path), bytes.starts(with: Array("TZif".utf8)) else { continue }
            #expect(throws: Never.self) { try TimeZoneRules(name: path, tzif: bytes) }
            count += 1
        }
        #expect(count > 300)
    }
}

@Suite struct HostileTimeZoneTests {
    @Test func `a file cut at any byte is refused or read but never trapped on`() throws {
        let whole = try Zones.bytes("America/Santiago")
        for length in 0..<whole.count {
            #expect(throws: TimeZoneError.self) {
                try TimeZoneRules(name: "cut", tzif: Array(whole.prefix(length)))
            }
        }
    }

    @Test func `random damage never traps, and what is read answers every question`() throws {
        var random = SplitMix(seed: 5)
        let originals = try ["America/Santiago", "Europe/Dublin", "UTC", "Africa/Casablanca"].map(Zones.bytes)
        for round in 0..<3_000 {
            var bytes = originals[round % originals.count]
            for _ in 0...random.next(in: 0...6) {
                let tail = random.next(in: 0...3) == 0
                let position = tail ? bytes.count - 1 - random.next(in: 0...30) : random.next(in: 0...bytes.count - 1)
                bytes[position] = UInt8(random.next(in: 0...255))
            }
            guard let rules = try? TimeZoneRules(name: "damaged", tzif: bytes) else { continue }
            for text in [
                "0001-01-01T00:00:00Z", "1990-06-01T00:00:00Z", "2500-12-31T23:59:59Z", "9999-12-31T23:59:59Z",
            ] {
                _ = rules.offset(at: instant(text))
                _ = rules.resolve(rules.wallTime(at: instant(text)))
            }
        }
    }

    @Test(arguments: [
        ("EST5EDT,0/0,J365/25", "2026-01-01T00:00:00Z", -4 * 3600),
        ("EST5EDT,0/0,J365/25", "2026-07-01T00:00:00Z", -4 * 3600),
        ("<-03>3", "2400-07-01T00:00:00Z", 0),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -2 * 3600),
        ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -1 * 3600),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-26T23:59:59Z", 2 * 3600),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-03-27T00:00:00Z", 3 * 3600),
    ])
    func `a file with nothing but a rule follows the rule`(rule: String, at: String, offset: Int) throws {
        let rules = try TimeZoneRules(name: "rule", tzif: tzif(rule: rule))
        #expect(rules.offset(at: instant(at)) == offset)
    }

    @Test(arguments: [
        "EST5EDT", "E5", "EST", "EST25", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,J0,J365",
        "EST5EDT,M3.2.0/168,M11.1.0", "<EST5EDT,M3.2.0,M11.1.0", "EST5EDT,366,1", "EST5:60",
    ])
    func `a malformed rule is refused with the name of the zone`(rule: String) throws {
        let error = #expect(throws: TimeZoneError.self) {
            try TimeZoneRules(name: "Nowhere/Land", tzif: tzif(rule: rule))
        }
        #expect(error?.description.contains("Nowhere/Land") == true)
    }

    /// A version 2 file with one type of local time (offset 0), no changes, and a rule.
    private func tzif(rule: String) -> [UInt8] {
        let header: [UInt8] =
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
            + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
        let block: [UInt8] = [0, 0, 0, 0, 0, 0] + Array("UTC\0".utf8)
        return header + block + header + block + [10] + Array(rule.utf8) + [10]
    }
}
