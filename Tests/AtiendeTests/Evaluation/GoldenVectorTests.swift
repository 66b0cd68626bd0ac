// The golden vectors as the command line reads them: every line gets its expected answer.

import Atiende
import Foundation
import Testing

enum GoldenVectors {
    /// The lines of a file of vectors.
    static func lines(_ file: String) throws -> [[UInt8]] {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let bytes = try Data(contentsOf: tests.appendingPathComponent("SLATests/Golden/\(file)"))
        return bytes.split(separator: 0x0A).map { Array($0) }
    }

    /// Whether an answer is the one that its line expects; the order of clocks does not matter.
    static func isRight(_ answer: JSON, for line: JSON) -> Bool {
        guard let expected = line["expect"], answer["id"] == line["id"] else { return false }
        if expected["error"] == true { return answer["error"]?.text?.isEmpty == false && answer["result"] == nil }
        guard let result = answer["result"], answer["error"] == nil else { return false }
        return sorted(result).canonical == sorted(expected).canonical
    }

    private static func sorted(_ result: JSON) -> JSON {
        guard case .object(var object) = result, case .array(let clocks) = object["clocks"] else { return result }
        object["clocks"] = .array(clocks.sorted { $0.canonical.lexicographicallyPrecedes($1.canonical) })
        return .object(object)
    }
}

@Suite struct GoldenVectorTests {
    @Test(arguments: [
        ("calendar.jsonl", CaseEvaluator.Kind.sla, 420), ("tickets.jsonl", .sla, 200), ("edge.jsonl", .sla, 18),
        ("uptime.jsonl", .uptime, 155), ("edge-uptime.jsonl", .uptime, 8),
    ])
    func `every line gets the answer that it expects`(file: String, kind: CaseEvaluator.Kind, count: Int) throws {
        let evaluator = CaseEvaluator(kind)
        let lines = try GoldenVectors.lines(file)
        #expect(lines.count == count)
        for line in lines {
            let answer = evaluator.answer(line)
            #expect(GoldenVectors.isRight(answer, for: try JSON(parsing: line)), "\(answer.text())")
        }
    }

    @Test func `what was kept from earlier lines changes no answer`() throws {
        let evaluator = CaseEvaluator(.sla)
        let lines = try GoldenVectors.lines("edge.jsonl") + GoldenVectors.lines("calendar.jsonl").prefix(100)
        let first = lines.map(evaluator.answer)
        #expect(lines.reversed().map(evaluator.answer).reversed() == first)
        #expect(lines.map { CaseEvaluator(.sla).answer($0) } == first)
    }

    @Test func `a vector whose answer is wrong would be noticed`() throws {
        let line: JSON = ["id": "a", "expect": 7]
        #expect(GoldenVectors.isRight(["id": "a", "result": 7], for: line))
        #expect(!GoldenVectors.isRight(["id": "a", "result": 8], for: line))
        #expect(!GoldenVectors.isRight(["id": "b", "result": 7], for: line))
        #expect(!GoldenVectors.isRight(["id": "a", "error": "no"], for: line))
        #expect(!GoldenVectors.isRight(["id": "a", "result": 7], for: ["id": "a", "expect": ["error": true]]))
    }
}
