// Canned answers: their list and their form for admins, and one of them filled in for a ticket.

internal import HTTP
internal import Markup
internal import SQL

enum CannedAnswerRoutes {
    private static let specs: [FieldSpec] = [
        .line("name", "answers.name", upTo: 80, hasHint: true),
        .text("text", "answers.text", upTo: 8_000, rows: 8, hasHint: true),
    ]

    static func index(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let answers = try visit.tenantDesk().read { try $0.cannedAnswers() }
        let page = CannedAnswersPage(
            newHref: visit.link("/admin/answers/new"),
            answers: answers.map { answer in
                CannedAnswersPage.Row(
                    name: answer.name, href: visit.link("/admin/answers/\(answer.id)"), text: answer.body,
                    removal: visit.link("/admin/answers/\(answer.id)/removal"), keys: visit.formKeys())
            }, emptyTitle: visit.words.text("answers.none"), emptyText: visit.words.text("answers.noneText"))
        return visit.show(page, visit.site.pages.cannedAnswers, title: visit.words.text("answers.title"))
    }

    static func new(_ visit: Visit, _ request: Request) throws(Refusal) -> Response { page(visit, nil, FormDraft()) }

    static func edit(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let answer = try find(visit)
        return page(visit, answer, FormDraft(["name": answer.name, "text": answer.body]))
    }

    private static func find(_ visit: Visit) throws(Refusal) -> CannedAnswer {
        guard let id = CannedAnswer.ID(visit.parameters["id"]),
            let answer = try visit.tenantDesk().read({ try $0.cannedAnswer(id) })
        else { throw .notFound }
        return answer
    }

    private static func page(_ visit: Visit, _ answer: CannedAnswer?, _ draft: FormDraft) -> Response {
        let words = visit.words
        let title = words.text(answer == nil ? "answers.new" : "answers.edit")
        let page = CannedAnswerPage(
            title: title, list: visit.link("/admin/answers"), keys: visit.formKeys(),
            fields: draft.fields(specs, words), faults: draft.faultLines,
            variables: AnswerVariable.allCases.map { variable in
                FactItem(
                    label: variable.name(in: visit.language), value: words.text("answers.variable.\(variable.rawValue)")
                )
            })
        return visit.showForm(page, visit.site.pages.cannedAnswer, title: title, draft.faults)
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try keep(visit, request, nil)
    }

    static func update(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        try keep(visit, request, try find(visit))
    }

    private static func keep(
        _ visit: Visit, _ request: Request, _ answer: CannedAnswer?
    ) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        var sent = SentForm(form, specs, visit.words)
        if let unknown = AnswerVariable.unknown(in: sent["text"]).first {
            sent.fault("text", "answers.fault.variable", ["name": .text("{\(unknown)}")])
        }
        guard sent.faults.isEmpty else { return .answer(page(visit, answer, FormDraft(sent))) }
        let filled = sent
        let words = visit.words
        let entry = visit.entry(.settingsChanged, "answers", before: answer?.name ?? "", after: filled["name"])
        return try .file(
            form, said: "answers.said.kept",
            otherwise: { faults in
                var draft = FormDraft(filled)
                draft.faults = faults
                return page(visit, answer, draft)
            },
            { connection in
                let same = try connection.cannedAnswer(named: filled["name"])
                if let same, same != answer?.id { throw Faults.one("name", words.text("answers.fault.taken")) }
                if let answer {
                    try connection.changeCannedAnswer(answer.id, filled["name"], filled["text"], at: visit.now)
                } else {
                    guard try connection.cannedAnswers().count < CannedAnswer.most else {
                        throw Faults.one("name", words.text("answers.fault.many", ["most": .number(CannedAnswer.most)]))
                    }
                    try connection.addCannedAnswer(filled["name"], filled["text"], at: visit.now)
                }
                try connection.record(entry)
                return visit.link("/admin/answers")
            })
    }

    static func delete(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body else { throw .forbidden }
        let answer = try find(visit)
        let entry = visit.entry(.settingsChanged, "answers", before: answer.name)
        return try .file(form, said: "answers.said.removed") { connection in
            try connection.removeCannedAnswer(answer.id)
            try connection.record(entry)
            return visit.link("/admin/answers")
        }
    }

    /// One of them with what its variables stand for on a ticket: for the script of the ticket's page.
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let answer = try find(visit)
        let forms = DeskForms(visit: visit, reading: try DeskTicket.read(visit))
        return Response.text(.ok, answer.text(forms.answerValues)).adding("Cache-Control", "no-store")
    }
}
