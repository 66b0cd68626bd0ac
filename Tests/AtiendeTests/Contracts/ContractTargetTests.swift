// Every promise of the requirements page, typed once more: the contracts hold these and no others.

import SLA
import Testing

@testable import Atiende

@Suite struct ContractTargetTests {
    private static func rows(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

    private static let tables: [(contract: String, plans: [String], rows: [String])] = [
        (
            "factupronto", ["basico", "premium"],
            ["critical", "normal"].flatMap { severity in
                rows(
                    """
                    firstResponse level1 2 businessHours tickets FP-6
                    firstResponse phone level1 20 businessMinutes phone FP-6
                    levelResponse level1 2 businessHours tickets FP-6
                    levelResponse phone level1 20 businessMinutes phone FP-6
                    levelResponse level2 4 businessHours tickets FP-6
                    levelResponse phone level2 4 businessHours phone FP-6
                    levelResponse level3 8 businessHours tickets FP-6
                    levelResponse phone level3 8 businessHours phone FP-6
                    """
                ).map { "\(severity) \($0)" }
            }
        ),
        (
            "ingressio", ["servicio"],
            rows(
                """
                severity1 acknowledge 15 minutes always IN-2
                severity2 acknowledge 15 minutes always IN-2
                severity3 acknowledge 15 minutes always IN-2
                severity4 acknowledge 15 minutes always IN-2
                severity1 firstResponse 6 businessHours office IN-14
                severity2 firstResponse 12 businessHours office IN-14
                severity3 firstResponse 24 businessHours office IN-14
                severity4 firstResponse 36 businessHours office IN-14
                severity1 recovery 1 businessDays office IN-13
                severity2 resolution 10 businessDays office IN-13
                severity3 resolution 10 businessDays office IN-13
                severity4 resolution 10 businessDays office IN-13
                severity1 rootCause 30 businessDays office IN-13
                severity2 rootCause 30 businessDays office IN-13
                severity3 rootCause 30 businessDays office IN-13
                severity4 rootCause 30 businessDays office IN-13
                """)
        ),
        (
            "seres", ["gratuito", "pago"],
            rows(
                """
                critical firstResponse 2 hours always SE-14
                critical resolution 8 hours always SE-14
                normal firstResponse 2 hours always SE-14
                normal resolution 8 hours always SE-14
                onboarding resolution 72 hours always SE-14
                """)
        ),
        (
            "bizflow", ["soporte"],
            rows(
                """
                critical firstResponse 30 minutes always BZ-9
                critical resolution 4 hours always BZ-9
                critical periodicUpdate 2 hours always BZ-6
                high firstResponse 2 hours always BZ-9
                high resolution 8 hours always BZ-9
                high periodicUpdate 4 hours always BZ-6
                medium firstResponse 4 hours always BZ-9
                medium resolution 24 hours always BZ-9
                medium periodicUpdate 24 hours always BZ-6
                low firstResponse 8 hours always BZ-9
                low resolution 48 hours always BZ-9
                """)
        ),
        ("proware", ["innovador"], proware("office", "<2 h/<8 h", "<8 h/<3 bd", "<3 bd/5 bd", "<5 bd/8 bd")),
        ("proware", ["emprendedor"], proware("office", "<2 h/<4 h", "<4 h/<2 bd", "<2 bd/4 bd", "<3 bd/6 bd")),
        ("proware", ["empresarial"], proware("extended", "<2 h/<6 h", "<6 h/<2 bd", "<1 bd/3 bd", "<2 bd/4 bd")),
        (
            "proware", ["premiumPorDemanda", "premiumPlus"],
            proware("always", "<1 h/<4 h", "<4 h/<2 d", "<8 h/<3 d", "<24 h/<3 d")
        ),
    ]

    /// Critical, high, medium and low as the table of PW-10 writes them; `h` are hours of the plan.
    private static func proware(_ calendar: String, _ cells: String...) -> [String] {
        let units = [
            "h": calendar == "always" ? "hours" : "businessHours", "bd": "businessDays", "d": "calendarDays",
        ]
        return zip(["critical", "high", "medium", "low"], cells).flatMap { severity, cell in
            zip(["firstResponse", "resolution"], cell.split(separator: "/")).map { clock, promise in
                let words = promise.split(separator: " ").map(String.init)
                return "\(severity) \(clock) \(words[0]) \(units[words[1], default: "?"]) \(calendar) PW-10"
            }
        }
    }

    @Test(arguments: tables)
    func `a contract promises what its source says and nothing else`(
        _ contract: String, _ plans: [String], _ rows: [String]
    ) throws {
        let contract = try #require(Contract.named(contract))
        for key in plans {
            let plan = try #require(contract.plans.first { $0.key == key })
            #expect(plan.targets.map(\.asListed).sorted() == rows.sorted(), "\(key)")
        }
    }

    @Test func `every plan is in the table above`() {
        let listed = Self.tables.flatMap { table in table.plans.map { "\(table.contract) \($0)" } }
        #expect(listed == Contract.all.flatMap { contract in contract.plans.map { "\(contract.key) \($0.key)" } })
    }

    @Test func `targets count days at the same time of day and pause by default`() {
        for target in Contract.all.flatMap(\.plans).flatMap(\.targets) {
            #expect(target.dayRule == .sameTime && target.pausedBy == nil)
        }
    }

    @Test(arguments: Contract.all)
    func `every target names what its contract defines, and the engine takes every plan`(_ contract: Contract) throws {
        for plan in contract.plans {
            _ = try plan.plan()
            for target in plan.targets {
                #expect(contract.severity(target.severity) != nil)
                #expect(contract.calendar(target.calendar) != nil)
                #expect(target.channel.map { channel in contract.channels.contains { $0.channel == channel } } ?? true)
                #expect(target.level.map { level in contract.levels.contains { $0.level == level } } ?? true)
                #expect(!target.id.isEmpty)
            }
            #expect(Set(plan.targets.map(\.place)).count == plan.targets.count)
        }
    }

    @Test(arguments: Contract.all)
    func `every clock with a target warns before it breaks, by steps marked as ours`(_ contract: Contract) {
        for plan in contract.plans {
            #expect(Set(plan.steps.map(\.clock)) == Set(plan.targets.map(\.clock)))
            #expect(plan.steps.allSatisfy { $0.clause.isEmpty })
        }
    }

    @Test(
        arguments: [
            ("factupronto", "99.3", true, []), ("seres", "99.3", false, ["customer", "thirdParty"]),
            ("proware", "98", false, ["thirdParty"]),
        ] as [(String, String, Bool, [String])])
    func `availability is promised under the policy of the contract`(
        _ key: String, _ percent: String, _ maintenanceCounts: Bool, _ causes: [String]
    ) throws {
        let promise = try #require(Contract.named(key)?.plans.first?.availability)
        #expect(promise.target.description == percent)
        #expect(promise.policy.maintenanceCounts == maintenanceCounts)
        #expect(promise.policy.excludedCauses.map(\.rawValue).sorted() == causes)
        #expect(promise.serviceHours == nil)
    }

    @Test func `two contracts promise no availability, and Proware each plan its own`() {
        #expect(Contract.ingressio.plans.allSatisfy { $0.availability == nil })
        #expect(Contract.bizflow.plans.allSatisfy { $0.availability == nil })
        #expect(
            Contract.proware.plans.compactMap { $0.availability?.target.description }
                == ["98", "99", "99.5", "99.5", "99.5"])
    }

    /// The table of PW-1, a column for each plan.
    @Test(arguments: [
        ("web", "no yes yes yes yes"), ("mail", "yes yes yes yes yes"), ("chat", "no no yes yes yes"),
        ("phone", "no yes yes yes yes"), ("community", "yes yes yes yes yes"),
        ("escalationAttention", "no no yes yes yes"), ("monthlyReport", "no no yes yes yes"),
        ("extendedHours", "no no yes yes yes"), ("phoneAtAllLevels", "no no no yes yes"),
        ("training", "no no no yes yes"), ("periodicReports", "no no no yes yes"), ("consulting", "no no no yes yes"),
    ])
    func `PW-1 a plan of Proware includes what its column says`(_ name: String, _ row: String) {
        let held = Contract.proware.plans.map { plan in
            let channel = Channel(rawValue: name == "web" ? "portal" : name)
            return plan.channels.contains(channel) || plan.features.contains { $0.rawValue == name } ? "yes" : "no"
        }
        #expect(held.joined(separator: " ") == row)
    }

    @Test func `PW-1 and PW-10 modality, hours and the channels of the targets`() {
        let plans = Contract.proware.plans
        #expect(plans.map(\.modality) == ["5×8×8", "5×8×8", "6×9×8", "7×24", "7×24"])
        #expect(plans.map(\.hours) == ["office", "office", "extended", "always", "always"])
        #expect(plans.map(\.answersBy) == [[.mail]] + Array(repeating: [.mail, .phone], count: 4))
    }
}
