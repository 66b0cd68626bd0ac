// How large a file is, in words.

extension NumberStyle {
    /// `812 B`, `412 KB`, `2,4 MB`: thousands of 1,024, to a tenth from a megabyte on.
    func size(_ bytes: Int) -> String {
        let bytes = max(0, bytes)
        if bytes < 1024 { return "\(bytes) B" }
        let kilobytes = (bytes - 1) / 1024 + 1
        if kilobytes < 1024 { return "\(kilobytes) KB" }
        let tenths = bytes / (1024 * 1024 / 10)
        return text(tenths / 10) + (self == .comma ? "." : ",") + "\(tenths % 10) MB"
    }
}
