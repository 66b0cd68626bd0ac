// The files of a form: those that came now and those kept from before. What came is kept before the form is looked at, so
// that a form with faults loses none of it; it waits for its person alone, until a form takes it or a day is over.

internal import HTTP
internal import Markup

/// What a form has by way of files. `ids` go to `TicketDraft.files` or to what `TicketWork` does.
struct SentFiles: Sendable {
    /// In the order in which they came; all of them wait.
    private(set) var kept: [Attachment] = []
    /// One for each file that was not kept, in finished words.
    private(set) var faults: [String] = []
    /// Whether only a file was to be taken back: the form is shown again, without looking for faults.
    fileprivate(set) var isEditing = false

    var ids: [Attachment.ID] { kept.map(\.id) }

    /// The form's field, and with it what came.
    static let field = "attachments"
    /// Tokens of what was kept before.
    static let keptField = "kept"
    /// Names of what a draft could not keep.
    static let lostField = "lost"
    /// The token of what is taken back.
    static let removalField = "remove"

    fileprivate(set) var refused: [AttachmentField.Refused] = []

    init() {}

    /// The files' place in the page's form, `{{#with files}}{{> shared/attachment-field}}{{/with}}`; the form says
    /// `enctype="multipart/form-data"`.
    func part(_ visit: Visit) -> AttachmentField {
        AttachmentField(kept: kept, refused: refused, fault: faults.first ?? "", visit.numbers)
    }
}

extension SentForm {
    /// Tells what is wrong with the files beside their field.
    mutating func tell(_ files: SentFiles) {
        for text in files.faults { fault(SentFiles.field, text: text) }
    }
}

extension Visit {
    /// Keeps the files that a form brought, for whoever is in. It waits for the disk: the route says
    /// `taking: .upload, on: .worker`.
    func keepFiles(_ form: Form) throws(Refusal) -> SentFiles {
        try keepFiles(form, of: try signedIn().person.id)
    }

    /// As above, for whoever wrote the form, whose session may be over.
    func keepFiles(_ form: Form, of person: Person.ID) throws(Refusal) -> SentFiles {
        let desk = try tenantDesk()
        var files = SentFiles()
        let removed = form[SentFiles.removalField]
        files.isEditing = removed != nil
        // A disk that is full takes nothing back; what is not taken up is swept in time.
        if let removed { _ = try? desk.write({ try $0.removeWaitingAttachment(removed, of: person) }) }
        try takeUp(form.values(SentFiles.keptField).filter { $0 != removed }, of: person, desk, into: &files)
        let sent = form.files.filter { $0.field == SentFiles.field }
        if !sent.isEmpty { try keep(sent, of: person, desk, into: &files) }
        for lost in form.lostFiles where lost.field == SentFiles.field {
            let name = AttachmentName.cleaned(lost.name, otherwise: words.text("attachments.unnamed"))
            let room = words.text("attachments.fault.room", ["name": .text(name)])
            files.refuse((name, lost.size), tooLarge(lost.size, name) ?? room)
        }
        for name in form.values(SentFiles.lostField).prefix(AttachmentLimits.mostFiles) {
            let shown = AttachmentName.cleaned(name, otherwise: words.text("attachments.unnamed"))
            files.refuse((shown, 0), words.text("attachments.fault.again", ["name": .text(shown)]))
        }
        return files
    }

    /// What was kept before. What another form took meanwhile is no longer here; what waited too long has to be sent again.
    private func takeUp(
        _ tokens: [String], of person: Person.ID, _ desk: Desk, into files: inout SentFiles
    ) throws(Refusal) {
        guard !tokens.isEmpty else { return }
        let found = try desk.read { connection in
            try tokens.prefix(AttachmentLimits.mostFiles).map { try connection.attachment($0) }
        }
        for entry in found {
            guard let entry, entry.person == person else {
                files.refuse(nil, words.text("attachments.fault.gone"))
                continue
            }
            if entry.ticket == nil, !files.kept.contains(where: { $0.id == entry.file.id }) {
                files.take(entry.file)
            }
        }
    }

    private func keep(
        _ sent: [UploadedFile], of person: Person.ID, _ desk: Desk, into files: inout SentFiles
    ) throws(Refusal) {
        // So that there is room; the timer does it, too.
        try? desk.sweepAttachments(at: now)
        var waiting = try desk.read { try $0.waitingAttachments(of: person) }
        for file in sent {
            let name = AttachmentName.cleaned(file.name, otherwise: words.text("attachments.unnamed"))
            if let fault = fault(file, name, files, waiting) {
                files.refuse((name, file.size), fault)
                continue
            }
            guard let attachment = try keep(file, name, of: person, desk) else {
                files.refuse((name, file.size), words.text("attachments.fault.room", ["name": .text(name)]))
                continue
            }
            files.take(attachment)
            waiting = (waiting.count + 1, waiting.bytes + file.size)
        }
    }

    private func fault(
        _ file: UploadedFile, _ name: String, _ files: SentFiles, _ waiting: (count: Int, bytes: Int)
    ) -> String? {
        if file.size == 0 { return words.text("attachments.fault.empty", ["name": .text(name)]) }
        if let fault = tooLarge(file.size, name) { return fault }
        if files.kept.count >= AttachmentLimits.mostFiles {
            return words.text(
                "attachments.fault.many", ["name": .text(name), "most": .number(AttachmentLimits.mostFiles)])
        }
        if waiting.count >= AttachmentLimits.mostWaiting
            || waiting.bytes > AttachmentLimits.mostWaitingBytes - file.size
        {
            return words.text("attachments.fault.waiting", ["name": .text(name)])
        }
        return nil
    }

    private func tooLarge(_ size: Int, _ name: String) -> String? {
        guard size > AttachmentLimits.mostBytes else { return nil }
        return words.text(
            "attachments.fault.large",
            [
                "name": .text(name), "size": .text(numbers.size(size)),
                "most": .text(numbers.size(AttachmentLimits.mostBytes)),
            ])
    }

    /// The bytes to their place, then the row. Nil where there is no room for it.
    private func keep(
        _ file: UploadedFile, _ name: String, of person: Person.ID, _ desk: Desk
    ) throws(Refusal) -> Attachment? {
        let (folder, now, source) = (desk.attachments, now, file.storage.path)
        let quota = site.installation.attachmentQuota.value
        let kind = AttachmentKind(fileAt: source)
        let new = NewAttachment(
            token: try Random.identifier(), name: name, type: kind.type, size: file.size,
            sha256: Hexadecimal.text(file.sha256), dimensions: kind.dimensions)
        do {
            try folder.place(source, as: new.sha256)
            return try desk.write { connection in
                // It may have been swept since, when nothing named it.
                if !folder.isThere(new.sha256) { try folder.place(source, as: new.sha256) }
                return try connection.keep(new, of: person, quota: quota, at: now)
            }
        } catch {
            // What was typed beside it is not lost for it.
            site.installation.log.write(
                .error, "attachment-not-kept", [("tenant", desk.tenant.slug.rawValue), ("why", Refusal(error).why)])
            return nil
        }
    }
}

extension SentFiles {
    fileprivate mutating func take(_ file: Attachment) { kept.append(file) }

    fileprivate mutating func refuse(_ file: (name: String, size: Int)?, _ text: String) {
        faults.append(text)
        if let file { refused.append(AttachmentField.Refused(name: file.name, text: text)) }
    }
}
