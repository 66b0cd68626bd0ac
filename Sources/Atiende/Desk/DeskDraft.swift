// What was typed on the staff's page of a ticket and not sent, as its forms show it again.

internal import HTTP
internal import Markup

struct DeskDraft {
    private let content: DraftContent

    init(_ content: DraftContent) { self.content = content }

    /// The form of the composer, as pages and drafts call it.
    static let message = "form-message"

    static func form(_ name: String) -> String { "form-" + String(name.map { $0 == "/" ? "-" : $0 }) }

    private func values(of form: String) -> [String: String] {
        let own = content.entries.filter { $0.form == form }
        return Dictionary(own.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The form that comes back filled in, and the composer; nil for what nothing was typed into.
    func forms(_ visit: Visit, _ reading: DeskReading) throws(Refusal) -> (DeskReply?, ComposerReply?) {
        let names = DeskAction.all.map(\.name) + [DeskProperties.name]
        let name = names.first { !values(of: Self.form($0)).isEmpty }
        let reply = name.map {
            DeskReply($0, FormDraft(values(of: Self.form($0))), seen: reading.ticket.version)
        }
        let typed = values(of: Self.message)
        guard !typed.isEmpty else { return (reply, nil) }
        let composer = ComposerReply(
            body: typed["body"] ?? "", isInternal: typed["visibility"] == "internal", status: typed["status"] ?? "",
            channel: typed["channel"] ?? "", seen: reading.ticket.version, files: try content.files(visit))
        return (reply, composer)
    }
}
