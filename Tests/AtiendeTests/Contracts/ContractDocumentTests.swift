// Contracts as JSON documents: what is written is read back, and every fault is named with its path.

import SLA
import Testing

@testable import Atiende

@Suite struct ContractDocumentTests {
    private static let zones = Zones()

    private func read(_ text: String) throws -> Contract {
        try Contract.read(JSON(parsing: text), knowsZone: Self.zones.knows)
    }

    /// The faults of Proware's document with one text put in place of another.
    private func faults(_ old: String, _ new: String, of contract: Contract = .proware) throws -> [String] {
        let text = contract.json.text()
        let range = try #require(text.firstRange(of: old), "\(old) is not in the document")
        return faults(text.replacingCharacters(in: range, new))
    }

    private func faults(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let faults as JSONFaults { return faults.lines } catch { return ["\(error)"] }
    }

    @Test(arguments: Contract.all)
    func `a document gives the values, and the values give the document`(_ contract: Contract) throws {
        for layout in [JSON.Layout.compact, .pretty] {
            let text = contract.json.text(layout)
            let again = try read(text)
            #expect(again == contract)
            #expect(again.json.text(layout) == text)
        }
    }

    @Test func `what no contract uses is kept too`() throws {
        var contract = Contract.proware
        contract.version = 7
        contract.calendars[0].holidays = [CivilDate("2026-12-24")!: "Nochebuena", CivilDate("2027-12-24")!: ""]
        contract.calendars[0].exceptions = [
            CivilDate("2026-12-31")!: [DayInterval("09:00", "13:00")!, DayInterval("14:00", "24:00")!],
            CivilDate("2027-12-31")!: [],
        ]
        contract.calendars[0].week[.sunday] = [DayInterval("22:00", "06:00")!]
        contract.plans[0].targets[0].pausedBy = [.waitingThirdParty, .inDevelopment]
        contract.plans[0].targets[2].pausedBy = []
        contract.plans[0].targets[3].dayRule = .endOfDay
        contract.plans[0].availability = AvailabilityPromise(
            "98.5", policy: AvailabilityPolicy(noticeMinutes: 90, mandatoryChannels: ["mail", "banner"]),
            serviceHours: "office", clause: "")
        contract.plans[0].steps = [
            EscalationStep(.resolution, percent: 120, severities: ["critical"], .raiseLevel(to: 2), clause: "PW-9"),
            EscalationStep(.firstResponse, percent: 50, .raiseSeverity(to: "high")),
            EscalationStep(.firstResponse, percent: 60, severities: [], .note("Llamar")),
        ]
        let again = try read(contract.json.text(.pretty))
        #expect(again == contract)
    }

    @Test(arguments: [
        ("\"amount\":4,", "\"amount\":0,", "plans[1].targets[1].amount: must be at least 1"),
        ("\"amount\":4,", "\"amount\":-5,", "plans[1].targets[1].amount: must be at least 1"),
        ("\"amount\":4,", "\"amount\":876601,", "plans[1].targets[1].amount: must be between 1 and 876600"),
        ("\"amount\":4,", "\"ammount\":4,", "plans[1].targets[1].ammount: is not known; did you mean amount?"),
        ("\"percent\":75", "\"percent\":0", "plans[0].steps[0].percent: must be at least 1"),
        ("\"percent\":75", "\"percent\":1001", "plans[0].steps[0].percent: must be between 1 and 1000"),
        ("\"percent\":\"98\"", "\"percent\":98", "plans[0].availability.percent: must be a percentage in quotes"),
        ("\"percent\":\"98\"", "\"percent\":\"101\"", "plans[0].availability.percent: must be a percentage in quotes"),
        ("\"firstResponse\"", "\"firstRespons\"", "plans[0].targets[0].clock: must be one of acknowledge"),
        ("\"timeZone\":\"America/Bogota\"", "\"timeZone\":\"America/Bogotá\"", "timeZone: must be an IANA time zone"),
        ("\"timeZone\":\"America/Bogota\"", "\"timeZone\":\"../../etc\"", "timeZone: must be an IANA time zone"),
        ("\"country\":\"CO\"", "\"country\":\"PE\"", "country: must be one of MX, CO"),
        (
            "[\"09:00\",\"17:00\"]", "[\"25:00\",\"17:00\"]",
            "calendars.office.week.mon[0][0]: must be a time like 09:00"
        ),
        ("[\"09:00\",\"17:00\"]", "[\"9:00\",\"17:00\"]", "calendars.office.week.mon[0][0]: must be a time like 09:00"),
        ("[\"09:00\",\"17:00\"]", "[\"24:00\",\"17:00\"]", "calendars.office.week.mon[0][0]: must be before 24:00"),
        ("[\"09:00\",\"17:00\"]", "[\"09:00\"]", "calendars.office.week.mon[0]: must have at least 2 elements"),
        ("\"mon\":", "\"lun\":", "calendars.office.week.lun: is not known"),
        ("\"calendar\":\"office\"", "\"calendar\":\"ofice\"", "plans[0].targets[0].calendar: must be one of office"),
        ("\"attention\":\"extended\"", "\"attention\":\"nobody\"", "attention: must be one of office"),
        ("\"features\":[\"community\"", "\"features\":[\"comunity\"", "plans[0].features[0]: must be one of"),
        ("\"version\":1", "\"version\":0", "version: must be at least 1"),
        ("\"key\":\"emprendedor\"", "\"key\":\"innovador\"", "plans[1].key: is listed twice"),
        ("\"to\":\"technician\"", "\"to\":\"technican\"", "plans[0].steps[0].to: must be one of technician"),
        ("\"terms\":", "\"term\":", "term: is not known; did you mean terms?"),
        ("\"provider\":\"Proware\",", "", "provider: is missing"),
    ])
    func `a fault is named with its path`(_ old: String, _ new: String, _ fault: String) throws {
        let found = try faults(old, new)
        #expect(found.contains { $0.hasPrefix(fault) }, "\(found)")
        // A key that was mistyped is missing too.
        #expect(found.filter { !$0.hasSuffix(" is missing") || $0 == fault }.count == 1, "\(found)")
    }

    @Test func `the nearest right word is named`() throws {
        #expect(
            try faults("\"clock\":\"firstResponse\"", "\"clock\":\"firstRespons\"")[0].hasSuffix(
                "did you mean firstResponse?"))
        #expect(try faults("\"calendar\":\"office\"", "\"calendar\":\"ofice\"")[0].hasSuffix("did you mean office?"))
        #expect(
            try faults("\"severity\":\"critical\"", "\"severity\":\"crítical\"")[0].hasSuffix("did you mean critical?"))
    }

    @Test func `every fault of a document is named at once`() throws {
        var text = Contract.proware.json.text()
        for (old, new) in [
            ("\"amount\":4,", "\"amount\":0,"), ("\"strict\":true", "\"strict\":1"), ("\"CO\"", "\"EC\""),
        ] {
            text = text.replacingCharacters(in: try #require(text.firstRange(of: old)), new)
        }
        #expect(faults(text).count == 3)
    }

    @Test func `two targets for the same thing are a fault`() throws {
        #expect(
            try faults(
                "\"clock\":\"resolution\",\"severity\":\"critical\"",
                "\"clock\":\"firstResponse\",\"severity\":\"critical\"")
                == ["plans[0].targets[1]: is for the same clock, severity, channel and level as targets[0]"])
    }

    @Test func `a calendar that never opens is refused by its name`() throws {
        let week = try #require(Contract.proware.json["calendars"]?["office"]?["week"]).text()
        #expect(try faults("\"week\":\(week)", "\"week\":{}")[0].hasPrefix("calendars.office.week: never opens"))
        #expect(
            try faults("\"week\":\(week)", "\"week\":{\"mon\":[]}")[0].hasPrefix("calendars.office.week: never opens"))
    }

    @Test func `a day rule without business days and a level that nobody has are faults`() throws {
        #expect(
            try faults("\"unit\":\"businessHours\"", "\"unit\":\"businessHours\",\"dayRule\":\"endOfDay\"")
                == ["plans[0].targets[0].dayRule: is only for businessDays"])
        #expect(
            try faults("\"unit\":\"businessHours\"", "\"level\":4,\"unit\":\"businessHours\"")
                == ["plans[0].targets[0].level: must be one of the levels 1, 2, 3"])
    }

    @Test(arguments: ["null", "[]", "{}", "\"proware\"", "7", "{\"calendars\":[],\"plans\":{},\"channels\":7}"])
    func `what is no contract is refused`(_ text: String) {
        #expect(!faults(text).isEmpty)
    }

    @Test func `a document cut anywhere is refused and never trusted`() throws {
        let bytes = Contract.bizflow.json.bytes()
        for count in stride(from: 0, to: bytes.count, by: 97) {
            #expect(throws: JSONSyntaxFault.self) { try JSON(parsing: Array(bytes[..<count])) }
        }
    }
}

extension String {
    fileprivate func replacingCharacters(in range: Range<String.Index>, _ text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
