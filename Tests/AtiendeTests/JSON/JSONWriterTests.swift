// The bytes that a value is written as.

import Atiende
import Testing

@Suite struct JSONWriterTests {
    private let value: JSON = [
        "b": [1, .decimal("99.30"), true, .null, []], "a": ["z": "x", "é": [:], "e": -5], "": "\"\\\n\u{1}\u{7f}/é😀",
    ]

    @Test func `compact keeps the order and wastes no byte`() {
        #expect(
            value.text()
                == #"{"b":[1,99.30,true,null,[]],"a":{"z":"x","é":{},"e":-5},"":"\"\\\n\u0001"#
                + "\u{7f}/é😀\"}")
    }

    @Test func `the canonical form sorts keys by their bytes at every depth`() {
        let shuffled: JSON = ["a": ["e": -5, "é": [:], "z": "x"], "": value[""]!, "b": value["b"]!]
        #expect(shuffled.canonical == value.canonical)
        #expect(
            String(decoding: value.canonical, as: UTF8.self).hasSuffix(
                #","a":{"e":-5,"z":"x","é":{}},"b":[1,99.30,true,null,[]]}"#))
        // By code points, not by the UTF-16 units in which the second key would come first.
        let keys: JSON = ["\u{FF5E}": 1, "\u{1F600}": 2, "a": 3, "Z": 4]
        #expect(String(decoding: keys.canonical, as: UTF8.self) == "{\"Z\":4,\"a\":3,\"\u{FF5E}\":1,\"\u{1F600}\":2}")
    }

    @Test func `pretty keeps on a line what fits on it`() {
        let plan: JSON = [
            "name": "Básico", "week": ["mon": [["09:00", "18:00"]]],
            "targets": [
                ["clock": "firstResponse", "severity": "1", "amount": 30, "unit": "minutes", "calendar": "always"],
                ["clock": "resolution", "severity": "1", "amount": 4, "unit": "hours", "calendar": "always"],
            ],
        ]
        #expect(
            plan.text(.pretty) == """
                {
                  "name": "Básico",
                  "week": {"mon": [["09:00", "18:00"]]},
                  "targets": [
                    {"clock": "firstResponse", "severity": "1", "amount": 30, "unit": "minutes", "calendar": "always"},
                    {"clock": "resolution", "severity": "1", "amount": 4, "unit": "hours", "calendar": "always"}
                  ]
                }

                """)
    }

    @Test(arguments: [JSON.Layout.compact, .pretty], [JSON.KeyOrder.given, .sorted])
    func `what is written is read again as the same`(layout: JSON.Layout, keys: JSON.KeyOrder) throws {
        let again = try JSON(parsing: value.bytes(layout, keys: keys))
        #expect(again.canonical == value.canonical)
        if keys == .given { #expect(again == value) }
    }

    @Test func `a member is set, replaced and taken away`() {
        var object = JSON.Object()
        object["a"] = 1
        object["b"] = 2
        object["a"] = 3
        object["c"] = nil
        #expect(JSON.object(object).text() == #"{"a":3,"b":2}"#)
        object["a"] = nil
        #expect(JSON.object(object) == ["b": 2])
    }
}
