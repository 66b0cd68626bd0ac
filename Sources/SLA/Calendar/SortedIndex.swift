// Finding a place in a long ascending list in a time that does not depend on the place.

/// An ascending list of integers with an index of equal steps over it: a search only looks within one step, where
/// few values lie when they are spread evenly, and is a binary search there when they are not.
struct SortedIndex {
    let values: [Int]
    private let first: Int
    private let last: Int
    private let shift: Int
    /// For each step, how many values lie before its beginning; one entry more for the end.
    private let steps: [Int32]

    /// `values` ascend; fewer than two thousand million of them, each far from the ends of `Int`.
    init(_ values: [Int]) {
        self.values = values
        first = values.first ?? 0
        last = values.last ?? 0
        var shift = 0
        while (last - first) >> shift > values.count { shift += 1 }
        self.shift = shift
        var steps: [Int32] = []
        steps.reserveCapacity((last - first) >> shift + 2)
        for (position, value) in values.enumerated() {
            let step = (value - first) >> shift
            while steps.count <= step { steps.append(Int32(truncatingIfNeeded: position)) }
        }
        steps.append(Int32(truncatingIfNeeded: values.count))
        self.steps = steps
    }

    /// How many values are not greater than `x`.
    @inline(__always)
    func count(notAbove x: Int) -> Int {
        guard x >= first else { return 0 }
        guard x < last else { return values.count }
        let step = (x - first) >> shift
        var low = Int(steps[step])
        var high = Int(steps[step + 1])
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= x { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
