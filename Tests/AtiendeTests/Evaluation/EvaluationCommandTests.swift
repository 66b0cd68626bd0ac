// The commands as they are run: words in, lines through a pipe, words out.

import Atiende
import Foundation
import Testing

@Suite struct EvaluationCommandTests {
    /// Runs a command as the command line does, with a text as its standard input.
    private func run(_ words: [String], input: [UInt8] = []) throws -> String {
        let (command, rest) = try CommandList.find(words)
        let invocation = try Invocation(rest, of: command)
        switch command.action {
        case .alone(let action): return try action(invocation)
        case .filter(let action):
            let output = try TemporaryFile()
            let input = try TemporaryFile(input)
            let lines = LineStream(input: input.descriptor, output: output.descriptor)
            try withExtendedLifetime(input) {
                try action(invocation, lines)
                try lines.flush()
            }
            return String(decoding: try output.bytes(), as: UTF8.self)
        default: throw NoFilter()
        }
    }

    private struct NoFilter: Error {}

    @Test func `each line gets a line, in order, whatever the others are`() throws {
        let question =
            #"{"id":"a","op":"isOpen","calendar":{"alwaysOpen":true,"timeZone":"UTC"},"at":"2026-01-01T00:00:00Z"}"#
        let output = try run(["sla", "eval"], input: Array("\(question)\nno\n\n\(question)\r\n7".utf8))
        #expect(
            output == """
                {"id":"a","result":true}
                {"id":null,"error":"column 1: a value is expected"}
                {"id":null,"error":"column 1: the document ends too soon"}
                {"id":"a","result":true}
                {"id":null,"error":"the document must be an object, not a number"}

                """)
        #expect(try run(["uptime", "eval"]) == "")
    }

    @Test func `a line of ten megabytes is refused, and the next one is answered`() throws {
        let long = [UInt8](repeating: UInt8(ascii: " "), count: 10_000_000)
        let next = Array("\n{\"id\":2,\"op\":7}\n".utf8)
        let lines = try run(["sla", "eval"], input: long + next).split(separator: "\n")
        #expect(
            lines == [
                #"{"id":null,"error":"column 8388609: the document is longer than 8388608 bytes"}"#,
                #"{"id":2,"error":"op: must be a text, not a number"}"#,
            ])
    }

    @Test func `whole files go through the command`() throws {
        for (family, file) in [("sla", "edge.jsonl"), ("uptime", "edge-uptime.jsonl")] {
            let lines = try GoldenVectors.lines(file)
            let output = try run([family, "eval"], input: Array(lines.joined(separator: [0x0A])))
            let answers = output.split(separator: "\n")
            #expect(answers.count == lines.count)
            for (line, answer) in zip(lines, answers) {
                #expect(GoldenVectors.isRight(try JSON(parsing: String(answer)), for: try JSON(parsing: line)))
            }
        }
    }

    @Test func `holidays are listed by date`() throws {
        let mexico = try run(["holidays", "MX", "2024"]).split(separator: "\n")
        #expect(mexico.first == "2024-01-01 Año Nuevo")
        #expect(mexico.contains("2024-10-01 Transmisión del Poder Ejecutivo Federal"))
        #expect(
            try run(["holidays", "co", "2026"]).contains("2026-07-13 Nuestra Señora del Rosario de Chiquinquirá\n"))
        #expect(throws: CommandFault.self) { try run(["holidays", "XX", "2026"]) }
        #expect(throws: CommandFault.self) { try run(["holidays", "MX", "1989"]) }
        #expect(throws: CommandFault.self) { try run(["holidays", "MX", "99999999999999999999"]) }
    }

    @Test func `a clock is explained stretch by stretch`() throws {
        let output = try run(["sla", "explain"], input: Array(explained.utf8))
        #expect(
            output == """
                Solución: 6 horas hábiles (calendario main, America/Mexico_City)
                  desde vie 13 mar 2026 16:30, visto mar 17 mar 2026 11:00
                  en curso: 2 h 30 min de 6 h, vence mar 17 mar 2026 14:30
                  paso 0 (25 %): vie 13 mar 2026 18:00

                  de                     a                      tramo                                       dura   acumulado
                  vie 13 mar 2026 16:30  vie 13 mar 2026 18:00  cuenta                                1 h 30 min  1 h 30 min
                  vie 13 mar 2026 18:00  lun 16 mar 2026 00:00  fuera de horario                            54 h  1 h 30 min
                  lun 16 mar 2026 00:00  mar 17 mar 2026 00:00  festivo (Natalicio de Benito Juárez)        24 h  1 h 30 min
                  mar 17 mar 2026 00:00  mar 17 mar 2026 09:00  fuera de horario                             9 h  1 h 30 min
                  mar 17 mar 2026 09:00  mar 17 mar 2026 10:00  en pausa (en espera del cliente)             1 h  1 h 30 min
                  mar 17 mar 2026 10:00  mar 17 mar 2026 14:30  cuenta                                4 h 30 min         6 h

                """)
    }

    @Test(arguments: [
        ("", "line 1, column 1: the document ends too soon"),
        ("{\n\"plan\":7}", "plan: must be an object, not a number (and 2 more faults)"),
        ("{\n\"plan\":7", "line 2, column 9: the document ends too soon"),
    ])
    func `a case that cannot be explained is refused in a sentence`(input: String, message: String) throws {
        do {
            _ = try run(["sla", "explain"], input: Array(input.utf8))
            Issue.record("accepted")
        } catch let fault as CommandFault {
            #expect(fault.message == message)
            #expect(fault.status == 1)
        }
    }
}

/// A ticket over a long weekend, written as a person would.
private let explained = """
    {
      "plan": {
        "calendars": {
          "main": {
            "timeZone": "America/Mexico_City",
            "week": {
              "mon": [["09:00", "18:00"]], "tue": [["09:00", "18:00"]], "wed": [["09:00", "18:00"]],
              "thu": [["09:00", "18:00"]], "fri": [["09:00", "18:00"]]
            },
            "holidays": [{"date": "2026-03-16", "name": "Natalicio de Benito Juárez"}]
          }
        },
        "targets": [{"clock": "resolution", "severity": "2", "amount": 6, "unit": "businessHours", "calendar": "main"}],
        "steps": [{"clock": "resolution", "percent": 25}]
      },
      "events": [
        {"type": "opened", "at": "2026-03-13T16:30:00-06:00", "severity": "2", "channel": "web", "level": 1},
        {"type": "status", "at": "2026-03-17T09:00:00-06:00", "status": "waitingCustomer"},
        {"type": "status", "at": "2026-03-17T10:00:00-06:00", "status": "open"}
      ],
      "at": "2026-03-17T11:00:00-06:00"
    }
    """

@Suite struct LineStreamTests {
    @Test func `lines are told apart wherever the reads end`() throws {
        let lines = (0..<3000).map { String(repeating: "x", count: $0 % 97) }
        let file = try TemporaryFile(Array(lines.joined(separator: "\n").utf8))
        let stream = LineStream(input: file.descriptor, output: -1)
        var read: [String] = []
        while let line = try stream.next(atMost: 96) { read.append(String(decoding: line, as: UTF8.self)) }
        #expect(read == lines)
    }

    @Test func `a long line is cut one byte beyond its limit`() throws {
        let file = try TemporaryFile(Array((String(repeating: "y", count: 200_000) + "\nz").utf8))
        let stream = LineStream(input: file.descriptor, output: -1)
        #expect(try stream.next(atMost: 100)?.count == 101)
        #expect(try stream.next(atMost: 100) == [UInt8(ascii: "z")])
        #expect(try stream.next(atMost: 100) == nil)
    }

    @Test func `an answer is sent before the next question is waited for`() throws {
        var questions: [Int32] = [0, 0]
        var answers: [Int32] = [0, 0]
        #expect(pipe(&questions) == 0 && pipe(&answers) == 0)
        defer { (questions + answers).forEach { close($0) } }
        let stream = LineStream(input: questions[0], output: answers[1])
        let both: [UInt8] = Array("a\nb\n".utf8)
        #expect(write(questions[1], both, both.count) == both.count)
        try stream.write(try #require(try stream.next(atMost: 10)))
        try stream.write(try #require(try stream.next(atMost: 10)))
        close(questions[1])
        #expect(try stream.next(atMost: 10) == nil)
        var buffer: [UInt8] = [0, 0, 0]
        #expect(read(answers[0], &buffer, 3) == 2 && buffer == Array("ab".utf8) + [0])
    }

    @Test func `an output that is gone is a fault`() throws {
        let file = try TemporaryFile(Array("a\n".utf8))
        let stream = LineStream(input: file.descriptor, output: -1)
        try stream.write([1])
        #expect(throws: CommandFault.self) { try stream.flush() }
    }
}

/// A file without a name, gone when it is let go.
private final class TemporaryFile {
    let descriptor: Int32

    init(_ bytes: [UInt8] = []) throws {
        var template = Array("/tmp/atiende-tests-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        unlink(template)
        #expect(descriptor >= 0 && write(descriptor, bytes, bytes.count) == bytes.count)
        lseek(descriptor, 0, SEEK_SET)
    }

    deinit { close(descriptor) }

    func bytes() throws -> [UInt8] {
        lseek(descriptor, 0, SEEK_SET)
        return Array(try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readToEnd() ?? Data())
    }
}
