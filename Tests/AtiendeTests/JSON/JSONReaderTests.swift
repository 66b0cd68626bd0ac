// Reading a document into values: all faults, each with its path.

import Atiende
import Testing

private enum Unit: String, CaseIterable {
    case hours
    case businessHours
}

private struct Plan: Equatable {
    var name: String
    var amounts: [Int]
    var units: [Unit]
    var notice: Int
    var isStrict: Bool?

    init?(_ reader: JSONReader) {
        reader.allow("name", "targets", "notice", "strict", "week")
        let name = reader["name"].text(atMost: 20)
        let isStrict = reader["strict"].ifPresent?.bool()
        let notice = reader["notice"].ifPresent?.int(in: 0...2880) ?? 2880
        let targets = reader["targets"].list(atLeast: 1).map { target in
            target.allow("amount", "unit")
            return (target["amount"].int(in: 1...), target["unit"].word(Unit.self))
        }
        for (day, hours) in reader["week"].ifPresent?.members() ?? [] {
            if day.utf8.count != 3 { hours.fault("is no day") }
            _ = hours.list()
        }
        guard let name else { return nil }
        self.name = name
        self.isStrict = isStrict
        self.notice = notice
        amounts = targets.compactMap(\.0)
        units = targets.compactMap(\.1)
    }
}

@Suite struct JSONReaderTests {
    private func faults(_ text: String) throws -> [String] {
        let document = try JSON(parsing: text)
        do throws(JSONFaults) {
            _ = try JSONReader.read(document, Plan.init)
            return []
        } catch { return error.lines }
    }

    @Test func `a right document is read`() throws {
        let text = #"{"name":"Básico","targets":[{"amount":8,"unit":"hours"}],"strict":null}"#
        var expected = try JSONReader.read(JSON(parsing: text), Plan.init)
        #expect(expected.amounts == [8] && expected.units == [.hours] && expected.isStrict == nil)
        expected.isStrict = true
        let strict = #"{"name":"Básico","targets":[{"amount":8,"unit":"hours"}],"strict":true}"#
        #expect(try JSONReader.read(JSON(parsing: strict), Plan.init) == expected)
    }

    @Test(
        arguments: [
            ("[]", ["the document must be an object, not a list"]),
            ("{}", ["name: is missing", "targets: is missing"]),
            (
                #"{"name":7,"targets":{}}"#,
                ["name: must be a text, not a number", "targets: must be a list, not an object"]
            ),
            (#"{"name":"","targets":[]}"#, ["name: must not be empty", "targets: must not be empty"]),
            (
                #"{"name":"a\nb","targets":[3,{"amount":0,"unit":"bussinessHours"},{"amount":1.5,"unit":"days"}]}"#,
                [
                    "name: must not contain control characters",
                    "targets[0]: must be an object, not a number",
                    "targets[1].amount: must be at least 1",
                    "targets[1].unit: must be one of hours, businessHours; did you mean businessHours?",
                    "targets[2].amount: must be a whole number of at most eighteen digits",
                    "targets[2].unit: must be one of hours, businessHours",
                ]
            ),
            (
                #"{"name":"123456789012345678901","targets":[{"amount":1,"unit":"hours","ammount":2}],"noticed":1}"#,
                [
                    "noticed: is not known; did you mean notice?", "name: must not be longer than 20 bytes",
                    "targets[0].ammount: is not known; did you mean amount?",
                ]
            ),
            (
                #"{"name":"a","targets":[{"amount":1,"unit":"hours"}],"notice":2881,"strict":"yes","ceteris paribus":0}"#,
                [
                    #"["ceteris paribus"]: is not known"#, "strict: must be true or false, not a text",
                    "notice: must be between 0 and 2880",
                ]
            ),
            (
                #"{"name":"a","targets":[{"amount":1,"unit":"hours"}],"week":{"mo\"n":7,"tue":[]}}"#,
                [#"week["mo\"n"]: is no day"#, #"week["mo\"n"]: must be a list, not a number"#]
            ),
        ] as [(String, [String])])
    func `every fault is told with its path`(text: String, expected: [String]) throws {
        #expect(try faults(text) == expected)
    }

    @Test func `a part of the wrong kind is one fault, whatever is read below it`() throws {
        do throws(JSONFaults) {
            _ = try JSONReader.read(["policy": "x"]) { reader in
                _ = reader["policy"]["maintenance"].ifPresent?.int()
                _ = reader["policy"]["causes"][1].text()
                _ = reader["plans"][1]["targets"][4]["amount"].int()
                return true
            }
            Issue.record("accepted")
        } catch {
            #expect(error.lines == ["policy: must be an object, not a text", "plans: is missing"])
        }
    }

    @Test func `faults beyond the hundredth are only counted`() throws {
        let members = (0..<250).map { "\"unknown\($0)\":0" }.joined(separator: ",")
        let lines = try faults("{\"name\":\"a\",\"targets\":[{\"amount\":1,\"unit\":\"hours\"}],\(members)}")
        #expect(lines.count == 101 && lines.last == "and 150 more")
    }

    @Test func `a long unknown key is cut in its fault`() throws {
        let lines = try faults("{\"name\":\"a\",\"targets\":[0],\"\(String(repeating: "é", count: 100_000))\":0}")
        #expect(lines.first == "[\"\(String(repeating: "é", count: 60))…\"]: is not known")
    }
}
