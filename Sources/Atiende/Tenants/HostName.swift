// A name that a tenant may be reached by, as DNS has it (RFC 1123 §2.1): no port, no address, no dot at the end.

struct HostName: Equatable {
    let text: String

    /// In lower case. Names beyond ASCII are given in their `xn--` form, which is what browsers send.
    init?(_ name: String) {
        let text = name.lowercased()
        let labels = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy(Self.isLabel),
            // An address in numbers, which no one else could be.
            labels.last?.allSatisfy({ (0x30...0x39).contains($0) }) == false
        else { return nil }
        self.text = text
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        (1...63).contains(label.count) && label.first != 0x2D && label.last != 0x2D
            && label.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}
