// Tables as programs write them, and the ways in which one may be broken.

import Testing

@testable import Atiende

private func fields(_ text: String) throws -> [[String]] {
    try CSVReader.rows(of: Array(text.utf8)).rows.map(\.fields)
}

@Suite struct CSVReaderTests {
    @Test(arguments: [
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r\n1,2\n3,4\r\n", [["a", "b"], ["1", "2"], ["3", "4"]]),
        ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}\"a\",b\n", [["a", "b"]]),
        ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1,5\t2;3\n", [["a", "b"], ["1,5", "2;3"]]),
        ("\"x;y;z\",b\n1,2\n", [["x;y;z", "b"], ["1", "2"]]),
        ("\"x\n;y\";b\n1;2\n", [["x\n;y", "b"], ["1", "2"]]),
        ("a\n1\n", [["a"], ["1"]]),
        ("a", [["a"]]),
        ("a,b\n,\n", [["a", "b"], ["", ""]]),
        ("a,b\n\"\",\"\"", [["a", "b"], ["", ""]]),
        ("a,b\n1,", [["a", "b"], ["1", ""]]),
        ("a\n\"\"\n", [["a"], [""]]),
        ("a\n\"\"", [["a"], [""]]),
        ("a,b\n\"1\"\"2\",\"\"\"\"\n", [["a", "b"], ["1\"2", "\""]]),
        ("a,b\n\"1,\r\n2\",3\n", [["a", "b"], ["1,\r\n2", "3"]]),
        ("a\n\"x\ry\"\n", [["a"], ["x\ry"]]),
        ("\n\r\na,b\n\n1,2\n\r\n\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n 1 , 2 \n", [["a", "b"], [" 1 ", " 2 "]]),
        ("día,ñ\n王,🙂\n", [["día", "ñ"], ["王", "🙂"]]),
        ("a,b,c,d,e\n'=1,'+52,'-1,'@x,'hola\n", [["a", "b", "c", "d", "e"], ["=1", "+52", "-1", "@x", "'hola"]]),
        ("a\n''=1\n", [["a"], ["'=1"]]),
        ("a,b\n','' \n", [["a", "b"], ["'", "'' "]]),
        ("a\n\"'\t1\"\n", [["a"], ["\t1"]]),
    ])
    func `tables are read`(_ text: String, _ expected: [[String]]) throws {
        #expect(try fields(text) == expected)
    }

    @Test(
        arguments: [
            ("", 1, 1, .empty), ("\n\r\n", 1, 1, .empty), ("\u{FEFF}", 1, 1, .empty),
            ("a,b\n1,2,3\n", 2, 3, .columns(expected: 2, has: 3)),
            ("a,b\n1,2\n1\n", 3, 2, .columns(expected: 2, has: 1)),
            ("a,b\n\n1\n", 3, 2, .columns(expected: 2, has: 1)),
            ("a,b\n\"x\ny\",1\n1\n", 3, 2, .columns(expected: 2, has: 1)),
            ("a,b\n1,x\"y\n", 2, 2, .quoteInside),
            ("a,b\n\"x\"y,1\n", 2, 1, .textAfterQuote),
            ("a,b\n\"x\" ,1\n", 2, 1, .textAfterQuote),
            ("a,b\n1,\"x\n2,y\n", 2, 2, .unclosedQuote),
            ("\"a,b\n1,2\n", 1, 1, .unclosedQuote),
            ("a,b\r1,2\r", 1, 2, .loneReturn),
            ("a,b\n1,2\r", 2, 2, .loneReturn),
            ("a,b\n1\r,2\n", 2, 1, .loneReturn),
            ("a,b\n1,\0\n", 2, 2, .encoding),
        ] as [(String, Int, Int, CSVFault.Kind)])
    func `each fault is told with its place`(
        _ text: String, _ row: Int, _ column: Int, _ kind: CSVFault.Kind
    ) throws {
        #expect(throws: CSVFault(row: row, column: column, kind: kind)) { try fields(text) }
    }

    @Test(
        arguments: [
            ([0x61, 0xE9], .windows1252, "aé"), ([0x80, 0x9F, 0xFF], .windows1252, "€Ÿÿ"),
            ([0x93, 0x61, 0x94], .windows1252, "“a”"), ([0xC3, 0xA9], .utf8, "é"), ([0x61], .utf8, "a"),
            ([0xC0, 0xAF], .windows1252, "À¯"), ([0xED, 0xA0, 0x80], .windows1252, "í\u{A0}€"),
            ([0x81], nil, ""), ([0x8D], nil, ""), ([0x9D], nil, ""), ([0xC3, 0x8F, 0xC3], nil, ""),
        ] as [([UInt8], CSV.Encoding?, String)])
    func `what is not UTF-8 is Windows-1252, and said`(
        _ bytes: [UInt8], _ encoding: CSV.Encoding?, _ text: String
    ) throws {
        let table = Array("a\n".utf8) + bytes
        guard let encoding else {
            #expect(throws: CSVFault(row: 2, column: 1, kind: .encoding)) { try CSVReader.rows(of: table) }
            return
        }
        let (rows, found) = try CSVReader.rows(of: table)
        #expect(rows.last?.fields == [text])
        #expect(found == encoding)
    }

    @Test func `a table has one coding`() throws {
        let marked = CSV.byteOrderMark + Array("a\n".utf8) + [0xE9]
        #expect(throws: CSVFault(row: 2, column: 1, kind: .encoding)) { try CSVReader.rows(of: marked) }
        let proven = Array("día,b\n1,".utf8) + [0xE9, 0x0A]
        #expect(throws: CSVFault(row: 2, column: 2, kind: .encoding)) { try CSVReader.rows(of: proven) }
        // Once it is Windows-1252, two bytes that might be a letter of UTF-8 are two letters.
        let old = Array("a\n".utf8) + [0xE9, 0x0A, 0xC3, 0xA9]
        #expect(try CSVReader.rows(of: old).rows.map(\.fields) == [["a"], ["é"], ["Ã©"]])
        #expect(throws: CSVFault(row: 1, column: 1, kind: .encoding)) {
            try CSVReader.rows(of: [0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00])
        }
    }

    @Test func `limits are exact`() throws {
        let limits = CSV.Limits(rows: 2, columns: 3, field: 4)
        func read(_ text: String) throws -> Int {
            try CSVReader.rows(of: Array(text.utf8), limits: limits).rows.count
        }
        #expect(try read("a,b,c\n1,2,3\n1,2,3\n\n") == 3)
        #expect(throws: CSVFault(row: 4, column: 1, kind: .tooManyRows(limit: 2))) { try read("a\n1\n2\n3") }
        #expect(throws: CSVFault(row: 1, column: 4, kind: .tooManyColumns(limit: 3))) { try read("a,b,c,d\n") }
        #expect(throws: CSVFault(row: 2, column: 4, kind: .tooManyColumns(limit: 3))) { try read("a\n1,2,3,4\n") }
        #expect(try read("abcd,\"ab\"\"d\"\n") == 1)
        #expect(throws: CSVFault(row: 1, column: 1, kind: .fieldTooLong(limit: 4))) { try read("abcde\n") }
        #expect(throws: CSVFault(row: 2, column: 2, kind: .fieldTooLong(limit: 4))) { try read("a,b\n1,\"ab\n\nc\"") }
        let defaults = CSV.Limits()
        #expect(defaults.rows == 20_000 && defaults.columns == 64 && defaults.field == 10_000)
    }

    @Test(arguments: ["", "\"", "\n\""])
    func `a header without an end is given up`(_ start: String) throws {
        var reader = CSVReader()
        #expect(throws: CSVFault.self) {
            _ = try reader.read(start.utf8)
            for _ in 0..<200 { _ = try reader.read(repeatElement(UInt8(ascii: "a"), count: 10_000)) }
        }
    }

    @Test func `rows come out as soon as they are complete`() throws {
        var reader = CSVReader()
        #expect(try reader.read("a;b".utf8).isEmpty)
        #expect(reader.separator == nil)
        #expect(try reader.read("\r".utf8).isEmpty)
        #expect(try reader.read("\n1;".utf8).map(\.fields) == [["a", "b"]])
        #expect(reader.separator == .semicolon)
        #expect(try reader.read("\"2\"".utf8).isEmpty)
        #expect(try reader.read("\n3;4".utf8) == [CSV.Row(number: 2, fields: ["1", "2"])])
        #expect(try reader.finish() == [CSV.Row(number: 3, fields: ["3", "4"])])
    }

    @Test(
        arguments: [
            (.empty, "El archivo está vacío: la primera línea debería tener los nombres de las columnas"),
            (
                .tooManyRows(limit: 20_000),
                "Fila 7, columna 2: el archivo puede tener hasta 20000 filas después de los nombres de las columnas"
            ),
            (.tooManyColumns(limit: 64), "Fila 7, columna 2: el archivo puede tener hasta 64 columnas"),
            (.fieldTooLong(limit: 10_000), "Fila 7, columna 2: una celda puede tener hasta 10000 bytes"),
            (
                .columns(expected: 3, has: 1),
                "Fila 7, columna 2: la fila debería tener 3 columnas, como la primera; tiene 1"
            ),
            (
                .quoteInside,
                "Fila 7, columna 2: unas comillas dentro de una celda se escriben dobles, y la celda entre comillas"
            ),
            (
                .textAfterQuote,
                "Fila 7, columna 2: después de las comillas que cierran una celda va el separador"
            ),
            (.unclosedQuote, "Fila 7, columna 2: faltan las comillas que cierran esta celda"),
            (
                .loneReturn,
                "Fila 7, columna 2: la línea termina a medias; guarde el archivo de nuevo como CSV UTF-8"
            ),
            (
                .encoding,
                "Fila 7, columna 2: no se entienden algunas letras; guarde el archivo de nuevo como CSV UTF-8"
            ),
        ] as [(CSVFault.Kind, String)])
    func `each fault has its sentence`(_ kind: CSVFault.Kind, _ spanish: String) throws {
        let fault = CSVFault(row: 7, column: 2, kind: kind)
        #expect(try fault.sentence(in: TestWords.read(.es)) == spanish)
        let english = try fault.sentence(in: TestWords.read(.en))
        #expect(kind == .empty || english.hasPrefix("Row 7, column 2: "))
        #expect(!english.contains("csv.") && !english.contains("{"))
    }
}
