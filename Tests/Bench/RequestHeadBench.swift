// How long it takes to turn the head that a browser sends into a `Request`.

import HTTP

/// Parses one head of Chrome's many times.
/// - Returns: Nanoseconds for one head in the fastest of several rounds, and the head's length.
func measureRequestHead() -> (nanoseconds: Double, bytes: Int) {
    let head = Array(chromeHead.utf8)
    let repetitions = 50_000
    var parser = RequestParser(limits: Limits())
    var parsed = 0
    var fastest = Duration.seconds(1)
    for _ in 0..<20 {
        let time = ContinuousClock().measure {
            for _ in 0..<repetitions {
                head.withUnsafeBytes { bytes in
                    if let (request, consumed) = try? parser.parse(bytes), consumed == request.head.count {
                        parsed += 1
                    }
                }
            }
        }
        fastest = min(fastest, time)
    }
    guard parsed == 20 * repetitions else { return (.infinity, head.count) }
    return (fastest / .nanoseconds(repetitions), head.count)
}

private let chromeHead = [
    "GET /t/clinica-norte/tickets?queue=primary&status=open&page=2 HTTP/1.1",
    "Host: desk.atiende.example",
    "Connection: keep-alive",
    "Cache-Control: max-age=0",
    "sec-ch-ua: \"Chromium\";v=\"140\", \"Not=A?Brand\";v=\"24\", \"Google Chrome\";v=\"140\"",
    "sec-ch-ua-mobile: ?0",
    "sec-ch-ua-platform: \"Linux\"",
    "Upgrade-Insecure-Requests: 1",
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Sec-Fetch-Site: same-origin",
    "Sec-Fetch-Mode: navigate",
    "Accept-Encoding: gzip, deflate, br, zstd",
    "Accept-Language: es-MX,es;q=0.9,en;q=0.8",
    "Cookie: __Host-sid=Jq3v0mXUo6yEw1c8ZtRkH2bnS5dLfPaG; theme=dark",
    "", "",
].joined(separator: "\r\n")
