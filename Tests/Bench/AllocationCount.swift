// How often `add` and `between` take memory, counted by a library that stands before the C library's `malloc`.

import Glibc
import SLA

enum AllocationCount {
    /// Runs this program again with the counting library; nil where that cannot be.
    static func measure() -> Int? {
        let words = output(of: ["sh", "Tests/Bench/Tools/allocations.sh", BenchServer.program])
        return Int(words.split(separator: "\n").last ?? "")
    }

    /// The other side of `measure`: prints the count.
    static func run() -> Int32 {
        guard let zone = SLAFigures.zone("America/Tijuana"), let symbol = dlsym(nil, "atiende_allocations") else {
            say("nothing counts")
            return 1
        }
        let counter = symbol.assumingMemoryBound(to: Int.self)
        let calendar = Calendar(SLAFigures.officeHours(zone), years: 2016...2035)
        let starts = SLAFigures.starts(10_000)
        guard counter.pointee > 0 else {
            say("nothing is counted")
            return 1
        }
        let before = counter.pointee
        var sum = 0
        for start in starts {
            let end = (try? calendar.add(start, 36_000_000)) ?? start
            sum &+= calendar.between(start, end)
        }
        let count = counter.pointee - before
        say(sum == 360_000_000_000 ? "\(count)" : "wrong answers")
        return 0
    }
}
