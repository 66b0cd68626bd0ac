// Ten thousand visitors who say one sentence and stay: a process of its own, so that neither side runs out of
// descriptors.

import Glibc

enum IdleHolder {
    /// `idle PORT COUNT`: opens the connections, each with one request answered, says so, holds them until told to go.
    static func run(_ words: [String]) -> Never {
        guard words.count == 2, let port = UInt16(words[0]), let count = Int(words[1]) else { exit(2) }
        var held: [RawClient] = []
        for number in 0..<count {
            guard let client = RawClient(port: port, from: UInt8(2 + number % 200)) else { break }
            client.send("GET /t/bench/ping HTTP/1.1\r\nHost: a\r\n\r\n")
            guard client.response()?.status == 200 else { break }
            held.append(client)
        }
        say(String(held.count))
        while true { pause() }
    }
}
