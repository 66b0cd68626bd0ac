// `host [":" port]`, as the Host field and an absolute-form target carry it (RFC 9110 §7.2, RFC 3986 §3.2).

extension UnsafeRawBufferPointer {
    /// Whether the range is a name, an IPv4 address or an IPv6 address in brackets, with or without a port up to 65535.
    /// User information is refused (RFC 9110 §4.2.4), and so is a colon without a port behind it.
    func isAuthority(_ range: Range<Int>) -> Bool {
        guard let first = range.first else { return false }
        var at = first
        if self[first] == 0x5B {
            while at < range.upperBound, self[at] != 0x5D { at &+= 1 }
            guard at < range.upperBound, isIPv6((first + 1)..<at) else { return false }
            at &+= 1
        } else {
            while at < range.upperBound, ByteSet.host.contains(self[at]) { at &+= 1 }
            guard at > first else { return false }
        }
        guard at < range.upperBound else { return true }
        return self[at] == 0x3A && isPort((at + 1)..<range.upperBound)
    }

    private func isPort(_ range: Range<Int>) -> Bool {
        guard 1...5 ~= range.count, range.allSatisfy({ self[$0].isDigit }) else { return false }
        return range.reduce(0) { $0 * 10 + Int(self[$1] - 0x30) } <= 65535
    }

    /// Eight groups of one to four hexadecimal digits; one `::` stands for one group or more, and an IPv4 address may
    /// stand for the last two.
    private func isIPv6(_ range: Range<Int>) -> Bool {
        var at = range.lowerBound
        let end = range.upperBound
        var groups = 0
        var isCompressed = false
        if range.count >= 2, self[at] == 0x3A, self[at + 1] == 0x3A {
            isCompressed = true
            at += 2
            if at == end { return true }
        }
        while groups < 8 {
            let group = at
            while at < end, self[at].hexValue != nil { at &+= 1 }
            if at < end, self[at] == 0x2E {
                groups += 2
                return isIPv4(group..<end) && (isCompressed ? groups <= 7 : groups == 8)
            }
            guard 1...4 ~= at - group else { return false }
            groups += 1
            if at == end { break }
            guard self[at] == 0x3A, at + 1 < end else { return false }
            at += 1
            guard self[at] == 0x3A else { continue }
            guard !isCompressed else { return false }
            isCompressed = true
            at += 1
            if at == end { break }
        }
        return at == end && (isCompressed ? groups <= 7 : groups == 8)
    }

    private func isIPv4(_ range: Range<Int>) -> Bool {
        var numbers = 0
        var at = range.lowerBound
        while numbers < 4 {
            let number = at
            var value = 0
            while at < range.upperBound, at - number < 3, self[at].isDigit {
                value = value * 10 + Int(self[at] - 0x30)
                at += 1
            }
            // RFC 3986 §3.2.2: no leading zeros, which some readers take for octal.
            guard at > number, value <= 255, at - number == 1 || self[number] != 0x30 else { return false }
            numbers += 1
            if numbers == 4 { break }
            guard at < range.upperBound, self[at] == 0x2E else { return false }
            at += 1
        }
        return at == range.upperBound
    }
}
