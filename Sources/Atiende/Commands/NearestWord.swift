// The nearest right word for one that was mistyped.

enum NearestWord {
    /// Nil when nothing is near enough to be meant.
    static func to(_ word: String, among words: [String]) -> String? {
        let ranked = words.map { (word: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, word.utf8.count / 3) ? best.word : nil
    }

    /// Letters to insert, delete, replace or swap with their neighbour.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        // A word from the command line has no bound of its own.
        guard left.count <= 64, right.count <= 64 else { return .max }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1] + [Int](repeating: 0, count: right.count)
            for column in right.indices {
                let change = last[column] + (left[row] == right[column] ? 0 : 1)
                current[column + 1] = min(change, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    current[column + 1] = min(current[column + 1], beforeLast[column - 1] + 1)
                }
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
