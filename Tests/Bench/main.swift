// The figures, each beside its limit or peer; and the long trials. `atiende-bench` alone measures everything.

import Glibc

signal(SIGPIPE, SIG_IGN)

let words = Array(CommandLine.arguments.dropFirst())
switch words.first {
case nil: exit(Figures.measureAll(only: []))
case "only": exit(Figures.measureAll(only: Array(words.dropFirst())))
case "server": BenchServer.run(Array(words.dropFirst()))
case "soak": exit(Soak.run(connections: words.dropFirst().first.flatMap { Int($0) } ?? 5_000_000))
case "kill": exit(KillTrial.run(rounds: words.dropFirst().first.flatMap { Int($0) } ?? 200))
case "allocations": exit(AllocationCount.run())
case "idle": IdleHolder.run(Array(words.dropFirst()))
default:
    say("atiende-bench [only NAME…] | soak CONNECTIONS | kill ROUNDS")
    exit(2)
}
