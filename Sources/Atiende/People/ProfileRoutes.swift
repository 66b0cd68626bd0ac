// One's own profile.

internal import HTTP
internal import Markup
internal import SQL

enum ProfileRoutes {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        let kept = try kept(visit)
        var draft = FormDraft()
        draft.values = ProfileForm.values(kept.profile, visit.words)
        return try page(visit, draft, kept, sent: nil)
    }

    static func create(_ visit: Visit, _ request: Request) throws(Refusal) -> Submission {
        guard case .form(let form) = request.body,
            let version = form["changed_at"].flatMap({ Int($0) }), version >= 0
        else { throw .forbidden }
        let person = try visit.signedIn().person
        let kept = try kept(visit)
        let read = try ProfileForm(form, over: kept.profile, visit)
        guard read.sent.faults.isEmpty else {
            return .answer(try page(visit, FormDraft(read.sent), kept, version: version, sent: nil))
        }
        let wanted = read.profile
        let entry = visit.entry(.personChanged, "person:\(person.id)")
        let location = visit.link("/profile")
        let words = visit.words
        let isStaff = person.role.isStaff
        return try .file(
            form, said: "profile.said.saved",
            otherwise: { faults in
                // What another page of his changed meanwhile, beside what he wrote here.
                guard let now = try? Self.kept(visit) else { return nil }
                var draft = FormDraft(read.sent)
                draft.faults = faults
                return try? page(visit, draft, now, sent: wanted)
            }
        ) { connection in
            guard let present = try connection.profile(of: person.id) else { throw Refusal.notFound }
            guard present.profile != wanted else { return location }
            guard present.changedAt == version else {
                let when = try MailWords(words: words, zone: visit.zone(), now: visit.now).moment(present.changedAt)
                throw Faults.one("changed", words.text("profile.stale", ["when": .text(when)]))
            }
            try connection.keep(wanted, of: person.id, at: visit.now)
            let changes = differences(present.profile, wanted, words, isStaff: isStaff)
            try connection.record(
                entry.with(
                    before: changes.map { "\($0.label): \($0.before)" }.joined(separator: "\n"),
                    after: changes.map { "\($0.label): \($0.after)" }.joined(separator: "\n")))
            return location
        }
    }

    private static func kept(_ visit: Visit) throws(Refusal) -> KeptProfile {
        let person = try visit.signedIn().person.id
        guard let kept = try visit.tenantDesk().read({ try $0.profile(of: person) }) else { throw .notFound }
        return kept
    }

    static func differences(
        _ before: Profile, _ after: Profile, _ words: Words, isStaff: Bool
    ) -> [ProfilePage.Difference] {
        zip(before.lines(words, isStaff: isStaff), after.lines(words, isStaff: isStaff)).filter { $0 != $1 }
            .map { ProfilePage.Difference(label: $0.label, before: $0.value, after: $1.value) }
    }

    /// - Parameter sent: What was sent from a page that had grown old, to be compared.
    private static func page(
        _ visit: Visit, _ draft: FormDraft, _ kept: KeptProfile, version: Int? = nil, sent: Profile?
    ) throws(Refusal) -> Response {
        let person = try visit.signedIn().person
        let isStaff = person.role.isStaff
        let words = visit.words
        var draft = draft
        draft.options = try ProfileForm.options(visit, kept.profile)
        let page = ProfilePage(
            faults: draft.faultLines, email: person.email, changedAt: version ?? kept.changedAt,
            differences: sent.map { differences(kept.profile, $0, words, isStaff: isStaff) } ?? [],
            about: draft.fields(ProfileForm.about, words), views: draft.fields(ProfileForm.views, words),
            notices: draft.fields(ProfileForm.notices, words),
            work: isStaff ? draft.fields(ProfileForm.work, words) : [],
            hours: isStaff ? draft.fields(ProfileForm.hours, words) : [],
            keys: visit.formKeys(), draftsHref: visit.link("/drafts"))
        return visit.showForm(
            page, visit.site.pages.profile, title: words.text("profile.title"), draft.faults)
    }
}
