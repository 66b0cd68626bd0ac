// The instant at which a mail opens a ticket.

/// From when a plan counts a ticket that came by mail.
public enum MailCountsFrom: String, CaseIterable, Sendable {
    case received
    /// The time in the mail's `Date` header, if it can be believed.
    case sent

    /// The instant of opening. The sender's clock is believed if it shows a time within the 24 hours before the
    /// reception and not after it.
    public func opening(received: Instant, sent: Instant?) -> Instant {
        guard self == .sent, let sent, sent <= received, sent.distance(to: received) <= 86_400 else {
            return received
        }
        return sent
    }
}
