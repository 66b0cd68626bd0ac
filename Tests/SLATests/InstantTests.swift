// Instants and their RFC 3339 text.

import SLA
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
        ("2026-03-02T09:00:00-06:00", 1_772_463_600, "2026-03-02T15:00:00Z"),
        ("2026-03-02t15:00:00.999999z", 1_772_463_600, "2026-03-02T15:00:00Z"),
        ("2016-12-31T23:59:60Z", 1_483_228_800, "2017-01-01T00:00:00Z"),
        ("2016-12-31T18:59:60-05:00", 1_483_228_800, "2017-01-01T00:00:00Z"),
        ("2026-01-01T05:15:00+05:30", 1_767_224_700, "2025-12-31T23:45:00Z"),
        ("1969-12-31T23:59:59Z", -1, "1969-12-31T23:59:59Z"),
        ("0001-01-01T00:00:00Z", -62_135_596_800, "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", 253_402_300_799, "9999-12-31T23:59:59Z"),
    ])
    func `an instant is read in any offset and written in UTC`(text: String, seconds: Int, printed: String) throws {
        let instant = try #require(Instant(text))
        #expect(instant.seconds == seconds)
        #expect(instant.description == printed)
    }

    @Test(arguments: [
        "", "2026-03-02", "2026-03-02T09:00:00", "2026-03-02T09:00Z", "2026-03-02T24:00:00Z", "2026-03-02T09:60:00Z",
        "2026-03-02T09:00:61Z", "2026-03-02T09:00:60Z", "2026-02-30T09:00:00Z", "2026-03-02T09:00:00+24:00",
        "2026-03-02T09:00:00+0600", "2026-03-02T09:00:00.Z", "2026-03-02T09:00:00ZZ", "2026-03-02 09:00:00Z",
        "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+00:01",
    ])
    func `a text that is no instant is refused`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `arithmetic stops at the ends of time instead of overflowing`() {
        #expect(Instant.latest.advanced(by: 1) == nil)
        #expect(Instant.earliest.advanced(by: .min) == nil)
        #expect(Instant(clamping: .max) == .latest)
        #expect(Instant(clamping: .min) == .earliest)
        #expect(Instant(seconds: .max) == nil)
    }
}
