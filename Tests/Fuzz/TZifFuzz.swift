// fuzz: Sources/SLA/SLAError.swift Sources/SLA/Zone/*.swift Sources/SLA/Calendar/*.swift
// fuzz-options: -max_len=2048
// Time zones: no file traps, and in whatever zone comes out of one, clocks on the wall and calendars keep their word.

private func check(_ zone: TimeZoneRules, at instant: Instant) {
    let offset = zone.offset(at: instant)
    precondition(abs(offset) < 26 * 3600)
    let wall = zone.wallTime(at: instant)
    switch zone.resolve(wall) {
    case .once(let only): precondition(only == instant)
    case .repeated(let first, let last): precondition(first <= instant && instant <= last)
    case .skipped: precondition(false)
    }
    _ = zone.start(of: wall.date)
}

private func check(_ calendar: Calendar, from start: Instant) {
    precondition((try? calendar.nextOpen(start)).map { calendar.isOpen($0) && $0 >= start } ?? true)
    for seconds in [1, 3_600, 1_000_000] {
        guard let end = try? calendar.add(start, seconds) else { continue }
        precondition(calendar.between(start, end) == seconds)
        guard let before = end.advanced(by: -1) else { continue }
        precondition(calendar.between(start, before) == seconds - 1)
    }
    guard let day = try? calendar.addBusinessDays(start, 3), let next = try? calendar.addCalendarDays(start, 3) else {
        return
    }
    precondition(day > start && next.distance(to: start) < 3 * 86_400)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTZif(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let zone: TimeZoneRules
    do throws(TimeZoneError) {
        zone = try TimeZoneRules(name: "fuzz", tzif: bytes)
    } catch {
        precondition(!error.reason.isEmpty)
        return 0
    }
    // Instants that the input itself chooses, beside the first, the last and one of our own time.
    let number = bytes.suffix(9).reduce(0) { $0 << 7 ^ Int($1) }
    let ours = Instant(clamping: 1_767_225_600 + number % 30_000_000)
    for instant in [.earliest, .latest, ours, Instant(clamping: number % Instant.latest.seconds)] {
        check(zone, at: instant)
    }
    var definition = CalendarDefinition(name: "fuzz", zone: zone)
    for day in [Weekday.monday, .friday, .sunday] {
        definition.week[day] = [DayInterval(open: 0, close: 180), DayInterval(open: 1_320, close: 60)].compactMap(
            \.self)
    }
    check(Calendar(definition, years: 2026...2028), from: ours)
    return 0
}
