// Requests for the tests of the pieces around them, made without the parser.

@testable import HTTP

extension Request {
    static func with(_ method: Method = .get, _ target: String = "/", _ lines: [(String, String)] = []) -> Request {
        var head = Array("\(target) ".utf8)
        let pathEnd = head.firstIndex(of: UInt8(ascii: "?")) ?? head.count - 1
        let query = pathEnd < head.count - 1 ? pathEnd + 1..<head.count - 1 : nil
        var fields: [Field] = []
        for (name, value) in lines {
            let start = head.count
            head += Array(name.utf8) + Array(": ".utf8) + Array(value.utf8) + Array("\r\n".utf8)
            let valueStart = start + name.utf8.count + 2
            fields.append(
                Field(name: start..<start + name.utf8.count, value: valueStart..<valueStart + value.utf8.count))
        }
        return Request(
            head: head, method: method, version: .http11, form: .origin, path: 0..<pathEnd, query: query,
            host: 0..<0, fields: fields, framing: .none, keepsAlive: true, expectsContinue: false)
    }
}

extension String {
    var bytes: ArraySlice<UInt8> { ArraySlice(utf8) }
}
