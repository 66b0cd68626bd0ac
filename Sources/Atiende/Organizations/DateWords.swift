// Dates and short times in words.

internal import Markup
internal import SLA

extension Words {
    /// `20 de noviembre de 2026`, `20 November 2026`
    func date(_ date: CivilDate) -> String {
        let parts = date.parts
        switch language {
        case .es:
            let months = [
                "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
                "noviembre", "diciembre",
            ]
            return "\(parts.day) de \(months[parts.month - 1]) de \(parts.year)"
        case .en:
            let months = [
                "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                "November", "December",
            ]
            return "\(parts.day) \(months[parts.month - 1]) \(parts.year)"
        }
    }
}

extension Visit {
    /// The provider's day: contracts run by it.
    func today() throws(Refusal) -> CivilDate {
        try tenantDesk().zone.wallTime(at: Instant(clamping: now)).date
    }

    /// `hoy 16:52`, `mar 17 nov, 20:35`, in the reader's zone.
    func moment(_ instant: Int) throws(Refusal) -> String {
        MailWords(words: words, zone: try zone(), now: now).moment(instant)
    }
}
