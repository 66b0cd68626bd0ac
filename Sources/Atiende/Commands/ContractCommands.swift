// `atiende contract …`: the contracts as documents, and as the agreements that follow from them.

internal import SLA

enum ContractCommands {
    static let list = Command(
        ["contract", "list"], [], [],
        "lists the contracts: name, provider, country, time zone, plans, separated by tabs",
        .alone { _ in
            Contract.all.map { contract in
                let plans = contract.plans.map(\.key).joined(separator: ",")
                return [contract.key, contract.provider, contract.country.rawValue, contract.timeZone, plans]
                    .joined(separator: "\t") + "\n"
            }.joined()
        })

    static let print = Command(
        ["contract", "print"], [.init("NAME", Contract.all.map(\.key).joined(separator: ", "))],
        [
            .init(
                "--format", "FORMAT", "json (the document), text or html (the agreement in Spanish); json without it"),
            .init("--year", "YEAR", "the first of the two years whose holidays are listed; this year without it"),
        ],
        "prints a contract: its JSON document, or the service-level agreement that follows from it",
        .alone { invocation throws(CommandFault) in
            let contract = try named(invocation.operands[0])
            let year = try year(invocation["--year"], in: contract)
            switch invocation["--format"] ?? "json" {
            case "json": return contract.json.text(.pretty)
            case "text": return Agreement(contract, year: year).text
            case "html": return Agreement(contract, year: year).html
            case let other:
                let nearest = NearestWord.to(other, among: ["json", "text", "html"]).map { "; did you mean \($0)?" }
                throw .usage("unknown format \(other)" + (nearest ?? "; there are json, text and html"))
            }
        })

    static let check = Command(
        ["contract", "check"], [.init("FILE", "a JSON document such as contract print writes")], [],
        "reads a contract's document; names every fault with its path",
        .alone { invocation throws(CommandFault) in
            let path = invocation.operands[0]
            guard let bytes = Folder.read(path, atMost: JSON.longestDocument) else {
                throw .failed("\(path) cannot be read, or is longer than \(JSON.longestDocument) bytes")
            }
            let contract = try read(bytes, from: path)
            return "ok: \(contract.key) version \(contract.version), \(contract.plans.count) plans\n"
        })

    private static func read(_ bytes: [UInt8], from path: String) throws(CommandFault) -> Contract {
        let document: JSON
        do throws(JSONSyntaxFault) { document = try JSON(parsing: bytes) } catch { throw .failed("\(path): \(error)") }
        do throws(JSONFaults) {
            return try Contract.read(document, knowsZone: Zones().knows)
        } catch { throw .failed(error.lines.joined(separator: "\n")) }
    }

    /// The contract of that name, or a fault with the nearest right one.
    static func named(_ key: String) throws(CommandFault) -> Contract {
        if let contract = Contract.named(key) { return contract }
        let keys = Contract.all.map(\.key)
        let nearest = NearestWord.to(key, among: keys).map { "; did you mean \($0)?" }
        throw .usage("unknown contract \(key)" + (nearest ?? "; there are \(keys.joined(separator: ", "))"))
    }

    /// The year that was asked for, else the contract's own at this instant.
    private static func year(_ text: String?, in contract: Contract) throws(CommandFault) -> Int {
        guard let text else {
            let now = Instant(clamping: Site.systemClock())
            let zone = (try? Zones().rules(contract.timeZone)) ?? .utc
            return zone.wallTime(at: now).date.year
        }
        guard let year = Int(text), Country.years.contains(year) else {
            throw .usage("--year takes a year from \(Country.years.lowerBound) to \(Country.years.upperBound)")
        }
        return year
    }
}
