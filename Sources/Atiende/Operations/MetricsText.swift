// Prometheus' text exposition format, version 0.0.4.

struct MetricsText {
    private(set) var bytes: [UInt8] = []

    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        line("# HELP \(name) \(help)")
        line("# TYPE \(name) \(kind.rawValue)")
    }

    mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        begin(name, kind, help)
        line("\(name) \(value)")
    }

    mutating func add(_ name: String, _ value: Int, _ labels: KeyValuePairs<String, String>) {
        line("\(name)\(braced(labels)) \(value)")
    }

    /// A time, shown in seconds.
    mutating func add(_ name: String, seconds microseconds: Int, _ labels: KeyValuePairs<String, String>) {
        line("\(name)\(braced(labels)) \(decimal(microseconds))")
    }

    /// Counts that each belong to one bucket; the format wants running sums.
    mutating func add(
        histogram name: String, _ counts: [Int], microsecondBounds bounds: [Int], sumMicroseconds: Int,
        _ labels: [String: String]
    ) {
        let own = labels.map { "\($0.key)=\"\(escaped($0.value))\"," }.joined()
        var running = 0
        for (index, count) in counts.enumerated() {
            running += count
            let bound = index < bounds.count ? decimal(bounds[index]) : "+Inf"
            line("\(name)_bucket{\(own)le=\"\(bound)\"} \(running)")
        }
        let all = own.isEmpty ? "" : "{\(own.dropLast())}"
        line("\(name)_sum\(all) \(decimal(sumMicroseconds))")
        line("\(name)_count\(all) \(running)")
    }

    private func braced(_ labels: KeyValuePairs<String, String>) -> String {
        labels.isEmpty ? "" : "{" + labels.map { "\($0.key)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
    }

    private func escaped(_ value: String) -> String {
        value.map { $0 == "\\" ? "\\\\" : $0 == "\"" ? "\\\"" : $0 == "\n" ? "\\n" : String($0) }.joined()
    }

    private func decimal(_ microseconds: Int) -> String {
        let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        return "\(microseconds / 1_000_000).\(fraction)"
    }

    private mutating func line(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(0x0A)
    }
}
