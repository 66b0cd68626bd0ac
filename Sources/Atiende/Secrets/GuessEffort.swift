// How many guesses a password takes whoever begins with what people choose most: words, names, years, dates, keyboard
// rows and repetitions.

/// The cheapest way to put a password together from such pieces, in tenths of a bit. Case, accents and digits in the
/// place of letters (p4ssw0rd) make no difference.
struct GuessEffort {
    private enum Cost {
        static let word = 100
        /// A word that stands beside the account: its guesser knows it.
        static let personal = 40
        static let year = 60
        static let date = 130
        static let walk = 80
        static let count = 40
        static let repetition = 30
        static let letter = 47
        static let digit = 33
        static let sign = 30
        static let other = 70
    }

    private struct Piece {
        let end: Int
        let cost: Int
    }

    private let plain: [Unicode.Scalar]
    /// As words are looked up: digits and signs read as letters. 1 stands for i in one, for l in the other.
    private let readings: [[Unicode.Scalar]]
    private let personal: Set<String>

    init(_ password: String, personal: Set<String> = []) {
        plain = PlainLetters.of(password)
        readings = [
            plain, plain.map { PlainLetters.substituted($0, one: "i") },
            plain.map { PlainLetters.substituted($0, one: "l") },
        ]
        self.personal = personal
    }

    var tenthsOfBits: Int {
        var least = [Int](repeating: Int.max, count: plain.count + 1)
        least[0] = 0
        for start in plain.indices {
            // Every place is reached, since a single character is a piece too.
            for piece in pieces(from: start) {
                least[piece.end] = min(least[piece.end], least[start] + piece.cost)
            }
        }
        return least[plain.count]
    }

    private func pieces(from start: Int) -> [Piece] {
        [Piece(end: start + 1, cost: Self.cost(of: plain[start]))]
            + words(from: start) + walks(from: start) + repetitions(from: start) + dates(from: start)
    }

    private static func cost(of scalar: Unicode.Scalar) -> Int {
        switch scalar {
        case "0"..."9": Cost.digit
        case "a"..."z": Cost.letter
        case " "..."~": Cost.sign
        default: Cost.other
        }
    }
}

extension GuessEffort {
    private static let longestWord = CommonWords.all.map(\.unicodeScalars.count).max() ?? 0

    private func words(from start: Int) -> [Piece] {
        let longest = max(Self.longestWord, personal.map(\.unicodeScalars.count).max() ?? 0)
        var found: [Piece] = []
        for reading in readings {
            var word = ""
            for end in start..<min(reading.count, start + longest) {
                word.unicodeScalars.append(reading[end])
                if personal.contains(word) {
                    found.append(Piece(end: end + 1, cost: Cost.personal))
                } else if CommonWords.all.contains(word) {
                    found.append(Piece(end: end + 1, cost: Cost.word))
                }
            }
        }
        return found
    }

    /// Rows and columns of the keyboard and of the number pad, and the alphabet; each also backwards.
    private static let paths: [[Unicode.Scalar]] = [
        "abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkln", "zxcvbnm", "azertyuiop", "qsdfghjklm",
        "wxcvbn", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm", "1q2w3e4r5t6y7u8i9o0p",
        "q1w2e3r4t5y6u7i8o9p0",
        "qawsedrftgyhujikolp", "147258369", "789456123", "159357", "159753", "2468", "13579", "!\"#$%&/()=",
        "!@#$%^&*()",
    ].flatMap { [Array($0.unicodeScalars), Array($0.unicodeScalars.reversed())] }

    private func walks(from start: Int) -> [Piece] {
        var found: [Piece] = []
        for path in Self.paths {
            for begin in path.indices where path[begin] == plain[start] {
                let length = zip(path[begin...], plain[start...]).prefix { $0 == $1 }.count
                guard length >= 3 else { continue }
                let counts = path[begin] == "1" && path[begin + 1] == "2" && path[begin + 2] == "3"
                for length in 3...length {
                    found.append(Piece(end: start + length, cost: counts ? Cost.count : Cost.walk))
                }
            }
        }
        return found
    }

    /// One to four characters that come again and again.
    private func repetitions(from start: Int) -> [Piece] {
        var found: [Piece] = []
        var block = Cost.repetition
        for period in 1...4 where start + 2 * period <= plain.count {
            block += Self.cost(of: plain[start + period - 1])
            var end = start + period
            while end < plain.count, plain[end] == plain[end - period] {
                end += 1
                if end - start >= max(3, 2 * period) { found.append(Piece(end: end, cost: block)) }
            }
        }
        return found
    }
}

extension GuessEffort {
    private func dates(from start: Int) -> [Piece] {
        var found: [Piece] = []
        if let year = number(start, 4), Self.isYear(year) { found.append(Piece(end: start + 4, cost: Cost.year)) }
        for gap in 0...1 {
            // Where the parts lie: a year first or last, and two numbers of two digits.
            let last = (number(start, 2), number(start + 2 + gap, 2), number(start + 4 + 2 * gap, 4))
            let first = (number(start + 4 + gap, 2), number(start + 6 + 2 * gap, 2), number(start, 4))
            for case (let one?, let other?, let year?) in [last, first]
            where Self.isYear(year) && Self.areDayAndMonth(one, other) {
                found.append(Piece(end: start + 8 + 2 * gap, cost: Cost.date))
            }
        }
        return found
    }

    /// The number that so many digits make from there on; nil where they are not digits or not there.
    private func number(_ start: Int, _ size: Int) -> Int? {
        guard start + size <= plain.count else { return nil }
        var number = 0
        for scalar in plain[start..<start + size] {
            guard ("0"..."9").contains(scalar) else { return nil }
            number = number * 10 + Int(scalar.value - 48)
        }
        return number
    }

    private static func isYear(_ number: Int) -> Bool { (1900...2049).contains(number) }

    private static func areDayAndMonth(_ one: Int, _ other: Int) -> Bool {
        (1...31).contains(one) && (1...31).contains(other) && min(one, other) <= 12
    }
}
