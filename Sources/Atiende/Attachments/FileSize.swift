// How large a file is, in words.

extension NumberStyle {
    /// `812 B`, `412 KB`, `2,4 MB`, `30 MB`: thousands of 1,024, to a tenth from a megabyte on. Rounded up, so that what is
    /// too large never reads like the most that is allowed.
    func size(_ bytes: Int) -> String {
        let bytes = max(0, bytes)
        if bytes < 1024 { return "\(bytes) B" }
        let kilobytes = (bytes - 1) / 1024 + 1
        if kilobytes < 1024 { return "\(kilobytes) KB" }
        let megabyte = 1024 * 1024
        // The whole ones apart: ten times a large number could overflow.
        let (whole, rest) = bytes.quotientAndRemainder(dividingBy: megabyte)
        let tenths = (rest * 10 + megabyte - 1) / megabyte
        if tenths == 0 || tenths == 10 { return text(whole + tenths / 10) + " MB" }
        return text(whole) + (self == .comma ? "." : ",") + "\(tenths) MB"
    }
}
