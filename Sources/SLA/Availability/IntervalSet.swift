// Sets of whole numbers kept as ranges: the minutes of a month, or the seconds of an outage.

/// A set of integers as half-open ranges, ascending and apart from each other. Minutes are counted from 1970, as are
/// seconds; a set never mixes the two.
public struct IntervalSet: Hashable, Sendable {
    public private(set) var ranges: [Range<Int>] = []

    public init() {}

    /// Ranges in any order; they may overlap, touch, or be empty.
    public init(_ ranges: [Range<Int>]) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    /// Adds a range that does not begin before the last one.
    private mutating func append(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        if let last = ranges.last, range.lowerBound <= last.upperBound {
            ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else {
            ranges.append(range)
        }
    }

    public var isEmpty: Bool { ranges.isEmpty }

    /// How many integers are in the set.
    public var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// How many integers of a range are in the set.
    public func count(in range: Range<Int>) -> Int {
        var sum = 0
        for piece in ranges[firstIndex(endingAfter: range.lowerBound)...] {
            guard piece.lowerBound < range.upperBound else { break }
            sum += piece.clamped(to: range).count
        }
        return sum
    }

    public func contains(_ number: Int) -> Bool {
        let index = firstIndex(endingAfter: number)
        return index < ranges.count && ranges[index].contains(number)
    }

    private func firstIndex(endingAfter number: Int) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= number { low = middle + 1 } else { high = middle }
        }
        return low
    }

    public func union(_ other: IntervalSet) -> IntervalSet {
        if other.isEmpty { return self }
        return isEmpty ? other : IntervalSet(ranges + other.ranges)
    }

    public func intersection(_ other: IntervalSet) -> IntervalSet {
        var result = IntervalSet()
        var left = 0
        var right = 0
        while left < ranges.count, right < other.ranges.count {
            result.append(ranges[left].clamped(to: other.ranges[right]))
            if ranges[left].upperBound < other.ranges[right].upperBound { left += 1 } else { right += 1 }
        }
        return result
    }

    public func subtracting(_ other: IntervalSet) -> IntervalSet {
        if other.isEmpty { return self }
        var result = IntervalSet()
        var right = 0
        for range in ranges {
            var at = range.lowerBound
            while right < other.ranges.count, other.ranges[right].upperBound <= at { right += 1 }
            var next = right
            while next < other.ranges.count, other.ranges[next].lowerBound < range.upperBound {
                if other.ranges[next].lowerBound > at { result.append(at..<other.ranges[next].lowerBound) }
                at = max(at, other.ranges[next].upperBound)
                next += 1
            }
            if at < range.upperBound { result.append(at..<range.upperBound) }
        }
        return result
    }

    public static func union(_ sets: [IntervalSet]) -> IntervalSet {
        IntervalSet(sets.flatMap(\.ranges))
    }

    /// The integers that lie in at least so many of the sets (1 or more).
    public static func inAtLeast(_ count: Int, of sets: [IntervalSet]) -> IntervalSet {
        var edges: [(at: Int, change: Int)] = []
        for range in sets.flatMap(\.ranges) {
            edges.append((range.lowerBound, 1))
            edges.append((range.upperBound, -1))
        }
        // Where one range ends and another begins, the beginning comes first: the two then make one range.
        edges.sort { $0.at != $1.at ? $0.at < $1.at : $0.change > $1.change }
        var result = IntervalSet()
        var depth = 0
        var start = 0
        for edge in edges {
            if edge.change > 0, depth + 1 == max(count, 1) { start = edge.at }
            if edge.change < 0, depth == max(count, 1) { result.append(start..<edge.at) }
            depth += edge.change
        }
        return result
    }
}

/// How an interval of instants becomes whole minutes.
enum Snap {
    /// Every minute that is touched.
    static func outward(_ from: Instant, _ to: Instant) -> Range<Int> {
        guard from < to else { return 0..<0 }
        return floorDivide(from.seconds, 60)..<ceiling(to)
    }

    /// The minutes that lie wholly inside.
    static func inward(_ from: Instant, _ to: Instant) -> Range<Int> {
        let start = ceiling(from)
        let end = floorDivide(to.seconds, 60)
        return start < end ? start..<end : 0..<0
    }

    static func ceiling(_ instant: Instant) -> Int { floorDivide(instant.seconds + 59, 60) }
}
