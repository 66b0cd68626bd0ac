// Passwords as they are stored.

import Testing

@testable import Atiende

@Suite("Password hashes")
struct PasswordTests {
    static let passwords = [
        "", " ", "correcto caballo", "contraseña con eñe", "🐴🔋📎🔧🔑🧭🪁🎈", "e\u{301}", "\u{0}", "\u{0}detrás", "antes\u{0}",
        String(repeating: "a", count: 72), String(repeating: "a", count: 128), String(repeating: "\u{0}", count: 128),
        "$y$j75$", "*0", "tab\ty línea\n", "\u{80}\u{7ff}\u{ffff}",
    ]

    @Test(arguments: passwords)
    func `A password matches its own hash and no other of the table does`(password: String) throws {
        let hash = try PasswordHash.make(password, cost: .quick)
        for other in Self.passwords {
            #expect(hash.matches(other) == (Array(other.utf8) == Array(password.utf8)), "\(other.debugDescription)")
        }
    }

    @Test(arguments: [8, 9, 56, 64, 71, 72, 73, 127, 128])
    func `The last byte counts at any length`(length: Int) throws {
        let stem = String(repeating: "x", count: length - 1)
        let hash = try PasswordHash.make(stem + "a", cost: .quick)
        #expect(hash.matches(stem + "a"))
        #expect(!hash.matches(stem + "b"))
        #expect(!hash.matches(stem))
        #expect(!hash.matches(stem + "aa"))
    }

    @Test func `What stands behind a NUL counts, and a NUL is not its replacement`() throws {
        let hash = try PasswordHash.make("clave\u{0}uno", cost: .quick)
        #expect(!hash.matches("clave"))
        #expect(!hash.matches("clave\u{0}"))
        #expect(!hash.matches("clave\u{0}dos"))
        #expect(!hash.matches("clave\u{c0}\u{80}uno"))
        #expect(hash.matches("clave\u{0}uno"))
    }

    @Test func `Characters are not normalised`() throws {
        let hash = try PasswordHash.make("cami\u{f3}n de carga", cost: .quick)
        #expect(!hash.matches("camio\u{301}n de carga"))
    }

    @Test func `More than 128 bytes are neither hashed nor matched`() throws {
        #expect(throws: Refusal.self) {
            try PasswordHash.make(String(repeating: "a", count: 129), cost: .quick)
        }
        #expect(throws: Refusal.self) {
            try PasswordHash.make(String(repeating: "ñ", count: 65), cost: .quick)
        }
        let hash = try PasswordHash.make(String(repeating: "a", count: 128), cost: .quick)
        #expect(!hash.matches(String(repeating: "a", count: 129)))
    }

    @Test func `The same password gets another salt each time`() throws {
        let one = try PasswordHash.make("la misma de siempre", cost: .quick)
        let other = try PasswordHash.make("la misma de siempre", cost: .quick)
        #expect(one != other)
        #expect(one.text.hasPrefix("$y$j75$"))
    }

    @Test func `A hash survives being stored as text`() throws {
        let stored = try PasswordHash.make("guardada", cost: .quick).text
        #expect(PasswordHash(text: stored).matches("guardada"))
        var damaged = Array(stored.utf8)
        damaged[damaged.count - 1] ^= 1
        #expect(!PasswordHash(text: String(decoding: damaged, as: UTF8.self)).matches("guardada"))
        #expect(!PasswordHash(text: String(stored.dropLast())).matches("guardada"))
    }

    @Test func `A hash made elsewhere matches`() {
        let hash = PasswordHash(text: "$y$j75$.QU1Jkl6e21CzMIHIhZMd/$1yPB2wI6yXscr.yuuZHPOvigZ6Qk2fLksFyJjc47c7.")
        #expect(hash.matches("secreto largo"))
        #expect(!hash.matches("secreto larga"))
    }

    @Test(
        arguments: [
            "", "*0", "*1", "$y$", "$y$j75$", "$y$j75$$", "x", "secreto", "$2b$04$", "$y$\u{0}", "$y$zzzzzzzz$a$b",
            "abHQbEZQ5Bkpk",
        ])
    func `A text that is no hash of ours matches nothing`(text: String) {
        for password in ["", "secreto", text] where password.utf8.count <= 128 {
            #expect(!PasswordHash(text: text).matches(password))
        }
    }

    @Test func `Who has no account costs one hash of an account's parameters, and does not come in`() throws {
        for cost in [PasswordCost.quick, .standard] {
            let hashing = Hashing(cost: cost)
            let hash = try PasswordHash.make("cualquiera", cost: cost)
            func credential(_ state: Person.State, _ password: PasswordHash?) -> Credential {
                Credential(person: Person.ID(rawValue: 1), state: state, password: password, hasTwoStep: false)
            }
            let states = [
                nil, credential(.invited, nil), credential(.pending, hash), credential(.deactivated, hash),
                credential(.active, nil),
            ]
            for credential in states { #expect(!hashing.matches("cualquiera", credential)) }
            #expect(hashing.counted == [hash.parameters: states.count])
            #expect(hashing.matches("cualquiera", credential(.active, hash)))
            #expect(!hashing.matches("otra cualquiera", credential(.active, hash)))
            #expect(hashing.counted == [hash.parameters: states.count + 2])
        }
    }

    @Test func `What no password can be is hashed for nobody`() throws {
        let hashing = Hashing(cost: .quick)
        let hash = try PasswordHash.make("cualquiera", cost: .quick)
        let long = String(repeating: "a", count: PasswordHash.longest + 1)
        #expect(!hashing.matches(long, hash) && !hashing.matches(long, nil as Credential?))
        #expect(hashing.counted.isEmpty)
    }
}
