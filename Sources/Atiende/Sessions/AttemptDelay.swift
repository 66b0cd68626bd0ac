// How long whoever guesses has to wait. The more failures, the longer; never for good, and never so that a stranger's
// guesses keep the owner of an account out from elsewhere.

struct AttemptDelay: Sendable {
    /// So many failures cost nothing: people mistype.
    let free: Int
    let longestSeconds: Int

    /// The same account from the same address.
    static let pair = AttemptDelay(free: 5, longestSeconds: 900)
    /// Any account from one address: an office shares one.
    static let address = AttemptDelay(free: 20, longestSeconds: 900)
    /// One account from anywhere: slows down many addresses together, and its owner by a minute at the most.
    static let account = AttemptDelay(free: 50, longestSeconds: 60)

    /// Failures older than this are forgotten.
    static let memorySeconds = 86_400

    /// Seconds after the last failure before the next attempt is looked at.
    func seconds(after failures: Int) -> Int {
        guard failures >= free else { return 0 }
        let doublings = failures - free
        return doublings >= 20 ? longestSeconds : min(longestSeconds, 1 << doublings)
    }
}

/// The counters that one attempt moves.
struct AttemptKeys: Sendable {
    let pair: String
    let address: String
    let account: String

    /// - Parameter purpose: `login`, `code`, `password`: each counts by itself.
    init(_ purpose: String, account: String, address: String) throws(Refusal) {
        // Of one length, whatever was typed, and nothing that was typed in the database.
        let name = Hexadecimal.text(Array(try Digest.sha256(Array(account.utf8)).prefix(16)))
        pair = "\(purpose):\(name):\(address)"
        self.address = "\(purpose):address:\(address)"
        self.account = "\(purpose):account:\(name)"
    }

    typealias Counter = (key: String, delay: AttemptDelay)

    var all: [Counter] { [(pair, .pair), (address, .address), (account, .account)] }

    /// Where what is asked for must not tell one account from another.
    var ofAddress: [Counter] { [(address, .address)] }
}
