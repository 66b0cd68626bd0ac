// Every figure with its limit or its peer beside it, measured in the same run.

import Glibc

struct Figure {
    let name: String
    /// What was measured, in words.
    let reached: String
    /// What it is held against, in words.
    let against: String
    let passed: Bool
}

enum Figures {
    private static let all: [(name: String, measure: @Sendable () -> [Figure])] = [
        ("head", MicroFigures.head),
        ("sla-add", SLAFigures.additions),
        ("sla-ticket", SLAFigures.tickets),
        ("sla-compile", SLAFigures.compiling),
        ("sla-month", SLAFigures.month),
        ("sla-peer", SLAFigures.peer),
        ("start", StartFigures.measure),
        ("static", LoadFigures.staticFile),
        ("page", LoadFigures.page),
        ("insert", LoadFigures.inserts),
        ("idle", LoadFigures.idle),
        ("login", PeopleFigures.logIn),
        ("gate", PeopleFigures.gate),
        ("people", PeopleFigures.lists),
        ("desk", QueueFigures.desk),
        ("million", QueueFigures.million),
        ("escalation", EscalationFigures.firing),
    ]

    /// Measures the named ones, or all; 0 when each is as good as it must be.
    static func measureAll(only names: [String]) -> Int32 {
        var isGood = true
        for (name, measure) in all where names.isEmpty || names.contains(name) {
            let figures = measure()
            isGood = isGood && !figures.isEmpty && figures.allSatisfy(\.passed)
            if figures.isEmpty { say("FAILED  \(name): could not be measured") }
            for figure in figures {
                say("\(figure.passed ? "ok    " : "FAILED")  \(figure.name): \(figure.reached)  [\(figure.against)]")
            }
        }
        return isGood ? 0 : 1
    }

    /// With so many digits after the point.
    static func decimal(_ value: Double, _ digits: Int) -> String {
        var scale = 1.0
        for _ in 0..<digits { scale *= 10 }
        let scaled = Int((value * scale).rounded())
        guard digits > 0 else { return String(scaled) }
        let fraction = String(abs(scaled) % Int(scale) + Int(scale)).dropFirst()
        return "\(scaled / Int(scale)).\(fraction)"
    }
}

enum MicroFigures {
    static func head() -> [Figure] {
        let (nanoseconds, bytes) = measureRequestHead()
        return [
            Figure(
                name: "request head of a browser (\(bytes) bytes)",
                reached: "\(Figures.decimal(nanoseconds / 1000, 2)) µs", against: "at most 1 µs",
                passed: nanoseconds <= 1000)
        ]
    }
}

enum StartFigures {
    private static let rounds = 7

    /// The product itself, with the demo's data there: from start to the first 200, and its memory then.
    static func measure() -> [Figure] {
        let program = BenchServer.program.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/atiende"
        let folder = makeTemporaryFolder()
        defer { removeFolder(folder) }
        let port = BenchServer.freePort()
        let words = [program, "serve", "--demo", "--data", folder + "/data", "--listen", "127.0.0.1:\(port)"]
        var times: [Double] = []
        var memory = 0
        for round in 0...rounds {
            let began = seconds()
            guard let child = Child(words) else { return [] }
            while !answers(port), seconds() - began < 30 { usleep(500) }
            // The first round makes the demo.
            if round > 0 { times.append(seconds() - began) }
            usleep(300_000)
            memory = max(memory, child.residentKilobytes)
            child.stop()
        }
        let median = times.sorted()[times.count / 2]
        return [
            Figure(
                name: "start to first 200, demo's data there", reached: "\(Figures.decimal(median * 1000, 1)) ms",
                against: "at most 150 ms", passed: median <= 0.150),
            Figure(
                name: "resident memory after start", reached: "\(Figures.decimal(Double(memory) / 1024, 1)) MB",
                against: "at most 40 MB", passed: memory <= 40 * 1024),
        ]
    }

    private static func answers(_ port: UInt16) -> Bool {
        guard let client = RawClient(port: port) else { return false }
        defer { client.close() }
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        return client.response()?.status == 200
    }
}
