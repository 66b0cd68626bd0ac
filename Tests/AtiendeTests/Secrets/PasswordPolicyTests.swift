// Which passwords people may choose.

import Testing

@testable import Atiende

@Suite("Password policy")
struct PasswordPolicyTests {
    static let common = [
        "atiende2026", "Atiende2026!", "contraseña", "contraseña1", "Contrasena123", "contrasen\u{303}a1", "12345678",
        "123456789", "1234567890", "87654321", "password", "password1", "Password123!", "p4ssw0rd", "P@$$w0rd",
        "qwertyui",
        "qwertyuiop", "Qwerty123", "asdfghjkl", "asdfghjklñ", "1qaz2wsx", "1q2w3e4r", "qweasdzxc", "zxcvbnm1",
        "abcd1234",
        "Abcd1234!", "abcdefgh", "a1b2c3d4", "11111111", "00000000", "aaaaaaaa", "12121212", "abababab", "asdasdasd",
        "12341234", "mkjmkjmkj", "pgzrpgzr", "🐴🐴🐴🐴🐴🐴🐴🐴", "mexico2026", "Mexico2026", "México2026", "MEXICO2026",
        "colombia123", "Colombia1!",
        "america1", "America2024", "america123", "AguilasDelAmerica".prefix(7) + "1", "teamo123", "teamomucho",
        "iloveyou",
        "Bienvenido1", "bienvenida2025", "Welcome1", "welcome123", "letmein1", "admin123", "Admin2026", "administrador",
        "usuario1", "cambiame", "temporal1", "prueba123", "princesa", "princesa1", "maria123", "mariajose",
        "juancarlos1",
        "juan1990", "Alejandro1", "sebastian2004", "garcia1234", "chivas123", "cruzazul1", "nacional10", "millonarios",
        "realmadrid7", "barcelona10", "boca1234", "guadalupe", "jesucristo", "Dios12345", "diosesamor", "enero2026",
        "Octubre2025!", "domingo1", "Navidad2025", "soporte1", "sistemas2026", "facturacion1", "pokemon1", "superman",
        "dragon123", "monkey12", "sunshine", "football", "15081990", "19900815", "15/08/1990", "1990-08-15", "08151990",
        "juan15081990", "15agosto1990", "perro4821", "gatoverde", "casa azul", "!!!!!!!!", "        ", "!\"#$%&/()",
        "1234qwer",
        "qwer1234", "147258369", "trustno1", "123456789a", "a12345678", "5201314520", "chocolate!", "secreto.",
        "hola1234",
        "holahola", "hola hola", "mierda123", "\u{301}\u{301}\u{301}12345678",
    ].map { String($0) }

    @Test(arguments: common)
    func `What everybody chooses is common`(password: String) {
        #expect(PasswordPolicy.isCommon(password))
        #expect(PasswordPolicy.fault(password, words: []) == .common)
    }

    static let good = [
        "correcto caballo pila grapa", "me gusta el café frío", "Llueve sobre Bogotá 7", "mi perro come piedras",
        "tres melones azules", "kx7#mQ2z", "h7Gk2pQ9", "xkvqzmwj", "48151623", "No sé qué poner aquí",
        "ñandúes al galope",
        "🐴🔋📎🔧🔑🧭🪁🎈", "gato azul en la mesa", "Tr0ub4dor&3x", "perro-tambor-lima", "lluvia en Xochimilco",
        "cuatro vientos y medio", "пароль-не-слово", "暗号は長くて良いもの", "Zq9!vB3?", "el 15 de agosto llovió",
        "mañana sí voy",
        "password con otras cosas", "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}", "gQ2\u{0}fW8x", "ferrocarril oxidado",
    ]

    @Test(arguments: good)
    func `What nobody guesses soon may be chosen`(password: String) {
        #expect(!PasswordPolicy.isCommon(password))
        #expect(PasswordPolicy.fault(password, words: ["Ferretería Luna", "ana.gomez@luna.example"]) == nil)
    }

    @Test func `Every word with what people add to it is common`() {
        let words = CommonWords.all.filter { $0.count >= 4 && $0.count <= 12 }
        #expect(words.count * 5 >= 3_000)
        for word in words.sorted().filter({ $0.utf8.reduce(0) { $0 &+ Int($1) }.isMultiple(of: 7) }) {
            for end in ["1234", "2026", "!!!!", "0001", "1!2!"] {
                #expect(PasswordPolicy.isCommon(word.uppercased() + end), "\(word)\(end)")
            }
        }
    }

    @Test(
        arguments: [
            ("", .tooShort), ("1234567", .tooShort), ("kx7#mQ2", .tooShort), ("ñandúes", .tooShort), ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", .tooShort),
            (String(repeating: "kx7#mQ2z", count: 16) + "a", .tooLong), (String(repeating: "ñ", count: 65), .tooLong),
            (String(repeating: "x", count: 100_000), .tooLong), (String(repeating: "kx7#mQ2z", count: 16), nil),
            (String(repeating: "1", count: 128), .common),
        ] as [(String, PasswordFault?)])
    func `Length is counted in characters below and in bytes above`(password: String, fault: PasswordFault?) {
        #expect(PasswordPolicy.fault(password, words: []) == fault)
    }

    static let words = [
        "Comercializadora Ñuñoa S.A.", "ñuñoa", "Leocadia Iturbide Zamudio", "leo.iturbide+mesa@nunoa.example", "",
        "Yo",
    ]

    @Test(
        arguments: [
            ("Iturbide", .personal), ("iturbide1987", .personal), ("ITURBIDE!!", .personal), ("leocadia", .personal),
            ("leocadiaiturbide", .personal), ("leocadia.iturbide", .personal), ("leo.iturbide", .personal),
            ("nunoa2026!", .personal), ("Ñuñoa2026!", .personal), ("1turb1d3", .personal), ("Zamudio482913", .personal),
            ("comercializadora", .personal), ("zamudio iturbide 7", .personal),
            ("Leocadia compra siete melones", nil), ("iturbide-kx7#mQ2z", nil), ("zamora oxidada", nil),
        ] as [(String, PasswordFault?)])
    func `Words beside the account do not make a password`(password: String, fault: PasswordFault?) {
        #expect(PasswordPolicy.fault(password, words: Self.words) == fault)
        if fault == .personal { #expect(PasswordPolicy.fault(password, words: []) == nil) }
    }

    @Test func `A name of any length is borne`() {
        let names = [
            String(repeating: "a", count: 100_000), String(repeating: "\u{301}", count: 5_000), "@", "@@", "   ",
        ]
        #expect(PasswordPolicy.fault("kx7#mQ2z", words: names) == nil)
    }
}
