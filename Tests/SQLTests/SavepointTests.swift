// Savepoints: what is inside is kept together or not at all.

import SQL
import Testing

@Suite struct SavepointTests {
    let scratch = Scratch()

    func connection() throws -> Connection {
        let connection = try scratch.connection()
        try connection.execute("CREATE TABLE t (n INTEGER PRIMARY KEY)")
        return connection
    }

    func numbers(_ connection: Connection) throws -> [Int] {
        try connection.query("SELECT n FROM t ORDER BY n") { $0.int(0) }
    }

    @Test func `what a savepoint holds is kept when it returns`() throws {
        let connection = try connection()
        let result = try connection.savepoint {
            try connection.execute("INSERT INTO t VALUES (1)")
            return "done"
        }
        #expect(result == "done")
        #expect(try numbers(connection) == [1])
    }

    @Test func `an inner savepoint is taken back alone`() throws {
        let connection = try connection()
        try connection.savepoint {
            try connection.execute("INSERT INTO t VALUES (1)")
            #expect(throws: Refusal()) {
                try connection.savepoint {
                    try connection.execute("INSERT INTO t VALUES (2)")
                    try connection.savepoint { try connection.execute("INSERT INTO t VALUES (3)") }
                    throw Refusal()
                }
            }
            try connection.execute("INSERT INTO t VALUES (4)")
        }
        #expect(try numbers(connection) == [1, 4])
    }

    @Test func `an outer savepoint takes the inner ones back with it`() throws {
        let connection = try connection()
        #expect(throws: Refusal()) {
            try connection.savepoint {
                try connection.savepoint { try connection.execute("INSERT INTO t VALUES (1)") }
                throw Refusal()
            }
        }
        #expect(try numbers(connection) == [])
        try connection.savepoint { try connection.execute("INSERT INTO t VALUES (2)") }
        #expect(try numbers(connection) == [2])
    }

    @Test func `an error of SQLite inside takes back all of the savepoint`() throws {
        let connection = try connection()
        let error = sqlError {
            try connection.savepoint {
                try connection.execute("INSERT INTO t VALUES (1)")
                try connection.execute("INSERT INTO t VALUES (1)")
            }
        }
        #expect(error?.code == .constraintPrimaryKey)
        #expect(try numbers(connection) == [])
    }
}
