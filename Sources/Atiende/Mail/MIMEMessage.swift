// A letter as bytes that any mail program reads (RFC 5322, RFC 2045 to 2047): a header and the same words twice, as text
// and as HTML.

internal import HTTP
internal import Markup

struct MIMEMessage: Sendable {
    /// Seconds since 1970.
    let date: Int
    let from: Mailbox
    let to: Mailbox
    let subject: HeaderText
    /// What stands before the `@` of its Message-ID: hexadecimal digits that are nobody else's.
    let identifier: HeaderText
    /// Of the letters that belong together: what stands before the `@` of the Message-ID that all of them refer to.
    var thread: HeaderText?
    let language: Language
    let text: String
    let html: String

    /// The same message is the same bytes each time.
    var bytes: [UInt8] {
        // In quoted-printable an `=` is followed by a hexadecimal digit or a line end: no part can hold this.
        let boundary = "=_\(identifier)"
        var header = MIMEHeader()
        header.add("Date", parts: HeaderText(Self.dateText(date)))
        header.add("From", from)
        header.add("To", to)
        header.add("Subject", subject)
        header.add("Message-ID", parts: HeaderText("<\(identifier)@\(from.address.domain)>"))
        if let thread {
            // RFC 5322 §3.6.4; nobody has the message itself, and programs go by its name alone.
            let root = HeaderText("<\(thread)@\(from.address.domain)>")
            header.add("In-Reply-To", parts: root)
            header.add("References", parts: root)
        }
        // RFC 3834 §5: nobody's absence is announced to it.
        header.add("Auto-Submitted", parts: HeaderText("auto-generated"))
        header.add("Content-Language", parts: HeaderText(language.rawValue))
        header.add("MIME-Version", parts: HeaderText("1.0"))
        header.add(
            "Content-Type", parts: HeaderText("multipart/alternative;"), HeaderText("boundary=\"\(boundary)\""))
        var bytes = header.bytes
        for (type, content) in [("text/plain", text), ("text/html", html)] {
            bytes += "\r\n--\(boundary)\r\n".utf8
            var part = MIMEHeader()
            part.add("Content-Type", parts: HeaderText("\(type);"), HeaderText("charset=utf-8"))
            part.add("Content-Transfer-Encoding", parts: HeaderText("quoted-printable"))
            bytes += part.bytes
            bytes += "\r\n".utf8
            QuotedPrintable.append(content, to: &bytes)
        }
        return bytes + "\r\n--\(boundary)--\r\n".utf8
    }

    /// `Mon, 16 Nov 2026 15:00:00 +0000`: HTTP's date names a zone that mail no longer writes (RFC 5322 §4.3).
    private static func dateText(_ instant: Int) -> String { HTTPDate.text(instant).dropLast(3) + "+0000" }
}
