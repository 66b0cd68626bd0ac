// Monotonic time: for limits and durations, never for dates.

internal import Glibc

struct Moment: Comparable {
    private let microseconds: Int

    static var now: Moment {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Moment(microseconds: time.tv_sec &* 1_000_000 &+ time.tv_nsec / 1000)
    }

    static func < (left: Moment, right: Moment) -> Bool { left.microseconds < right.microseconds }

    /// Whole microseconds from `earlier` to here.
    func microseconds(since earlier: Moment) -> Int { microseconds &- earlier.microseconds }

    func seconds(since earlier: Moment) -> Int { microseconds(since: earlier) / 1_000_000 }
}
