// From what somebody came, as far as his browser says: for recognising one's own sessions, nothing else.

struct Device: Sendable, Equatable {
    /// Names that are the same in every language; empty where the browser does not say.
    let browser: String
    let system: String

    /// Browsers name their ancestors too, so the more particular name is looked for first.
    private static let browsers = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"), ("curl/", "curl"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ]

    init(agent: String) {
        browser = Self.browsers.first { agent.contains($0.0) }?.1 ?? ""
        system = Self.systems.first { agent.contains($0.0) }?.1 ?? ""
    }
}

extension String {
    /// Whether a text stands in this one, byte by byte.
    fileprivate func contains(_ text: String) -> Bool {
        let bytes = Array(utf8)
        let sought = Array(text.utf8)
        guard !sought.isEmpty, bytes.count >= sought.count else { return false }
        return (0...bytes.count - sought.count).contains { bytes[$0..<$0 + sought.count].elementsEqual(sought) }
    }
}
