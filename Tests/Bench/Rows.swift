// A table like a queue of tickets: a page of fifty out of a hundred thousand, and inserts that must survive.

import Atiende
import HTTP
import Markup
import SQL

struct RowPage: Page {
    struct Line: Item {
        let folio: String
        let href: String
        let subject: String
        let organization: String
        let status: String
        let severity: String
        let due: String
        let lastWord: String

        static let fields: [Field<Line>] = [
            .text("folio") { $0.folio },
            .text("href") { $0.href },
            .text("subject") { $0.subject },
            .text("organization") { $0.organization },
            .text("status") { $0.status },
            .text("severity") { $0.severity },
            .text("due") { $0.due },
            .text("lastWord") { $0.lastWord },
        ]
    }

    let lines: [Line]

    static let template: StaticString = "rows/index.html"
    static let fields: [Field<RowPage>] = [.list("lines") { $0.lines }]
}

struct RowPages: Sendable {
    let rows: Renderer<RowPage>

    init() throws {
        let templates = try Templates(directory: "Tests/Bench/Templates") { _ in nil }
        rows = templates.bind(RowPage.self)
        try templates.finish()
    }
}

struct Rows: Sendable {
    private let pages: RowPages

    init(_ pages: RowPages) { self.pages = pages }

    var routes: [Route] {
        [
            .get("/ping", for: .anyone) { _, _ in Response.text(.ok, "pong\n") },
            .get("/known", for: .signedIn) { _, _ in Response.text(.ok, "pong\n") },
            .get("/rows", for: .anyone, index),
            .get("/rows/{key}", for: .anyone, show),
            .post("/inserts", for: .anyone, create),
        ]
    }

    private func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let lines = try visit.tenantDesk().read { connection in
            try connection.query(
                """
                SELECT folio, subject, organization, status, severity, due, last_word FROM bench_row
                ORDER BY due LIMIT 50
                """
            ) { row in
                let folio = row.text(0)
                return RowPage.Line(
                    folio: folio, href: "/t/bench/desk/" + folio, subject: row.text(1), organization: row.text(2),
                    status: row.text(3), severity: row.text(4), due: "vence en \(row.int(5)) min", lastWord: row.text(6)
                )
            }
        }
        let bytes = pages.rows.render(RowPage(lines: lines), language: .es)
        return Response(.ok, body: .bytes(bytes, type: "text/html; charset=utf-8"))
    }

    private func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let key = visit.parameters["key"]
        let found = try visit.tenantDesk().read { connection in
            try connection.first("SELECT 1 FROM bench_row WHERE key = ?", key) { $0.int(0) }
        }
        guard found != nil else { throw .notFound }
        return Response.text(.ok, "there\n")
    }

    private func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body, let text = form["key"], let subject = form["subject"]
        else { throw .notFound }
        let now = visit.now
        return try .file(form) { connection in
            try Self.insert(text, subject, now, connection)
            return "/t/bench/rows/" + text
        }
    }

    static func insert(_ key: String, _ subject: String, _ now: Int, _ connection: Connection) throws(SQLError) {
        try connection.execute(
            """
            INSERT INTO bench_row (key, folio, subject, organization, status, severity, due, last_word)
            VALUES (?, ?, ?, 'Almacenes La Ceiba', 'Nuevo', 'Alta', ?, '')
            """, key, "PRW-" + key, subject, now)
    }

    /// Makes the tenant and its table, with `count` rows where there are none.
    static func seed(_ installation: Installation, count: Int) throws {
        guard let slug = Slug(rawValue: "bench"), let contract = Contract.named("seres") else { return }
        if try !installation.tenants().contains(where: { $0.slug == slug }) {
            try installation.create(slug, name: "Bench", from: contract, timeZone: contract.timeZone)
        }
        guard let tenant = try installation.tenants().first(where: { $0.slug == slug }) else { return }
        try installation.desk(of: tenant).write { connection in
            try connection.execute(
                """
                CREATE TABLE IF NOT EXISTS bench_row (
                    id INTEGER PRIMARY KEY, key TEXT NOT NULL, folio TEXT NOT NULL, subject TEXT NOT NULL,
                    organization TEXT NOT NULL, status TEXT NOT NULL, severity TEXT NOT NULL, due INTEGER NOT NULL,
                    last_word TEXT NOT NULL) STRICT
                """)
            try connection.execute("CREATE INDEX IF NOT EXISTS bench_row_by_due ON bench_row (due)")
            try connection.execute("CREATE INDEX IF NOT EXISTS bench_row_by_key ON bench_row (key)")
            for number in 0..<count {
                try connection.execute(
                    """
                    INSERT INTO bench_row (key, folio, subject, organization, status, severity, due, last_word)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """, "seed-\(number)", "PRW-2026-\(100_000 + number)",
                    "El tablero de supervisores no muestra a los agentes «conectados» & en pausa (\(number))",
                    "Almacenes La Ceiba S.A. de C.V.", "Esperando al cliente", "Alta", 5 + number,
                    "Óscar Benítez respondió: «revise la configuración del servidor de correo saliente»")
            }
        }
    }
}
