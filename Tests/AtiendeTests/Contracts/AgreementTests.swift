// The printed agreements, and the commands that print and check.

import Foundation
import SLA
import Testing

@testable import Atiende

@Suite struct AgreementTests {
    private func run(_ words: String...) throws -> String {
        let (command, rest) = try CommandList.find(words)
        guard case .alone(let action) = command.action else { throw CommandFault.failed("not alone") }
        return try action(Invocation(rest, of: command))
    }

    /// Why a command was refused; nil where it was not.
    private func refusal(of words: String...) -> CommandFault? {
        do throws(CommandFault) {
            let (command, rest) = try CommandList.find(words)
            guard case .alone(let action) = command.action else { return nil }
            _ = try action(Invocation(rest, of: command))
            return nil
        } catch { return error }
    }

    /// A row of a table, with its cells divided by ` | `.
    private func rows(_ contract: Contract) -> [String] {
        Agreement(contract, year: 2026).blocks.flatMap { block in
            if case .table(let table) = block { table.rows.map { $0.joined(separator: " | ") } } else { [String]() }
        }
    }

    @Test(arguments: Contract.all)
    func `every target is printed with its amount and its requirement`(_ contract: Contract) {
        let rows = rows(contract)
        let agreement = Agreement(contract, year: 2026)
        let text = agreement.text
        let html = agreement.html
        for plan in contract.plans {
            for target in plan.targets {
                let amount = AgreementWords.amount(target, in: contract.country)
                let severity = contract.severity(target.severity)!.name.spanish
                #expect(
                    rows.contains {
                        $0.hasPrefix(AgreementWords.clock(target) + " | ")
                            && ($0.contains(severity) || $0.contains(" | todas | "))
                            && $0.contains(" | \(amount) | ") && $0.hasSuffix(" | \(target.id)")
                    }, "\(target.asListed)")
                #expect(text.contains(amount) && html.contains(amount))
                #expect(text.contains(target.id) && html.contains(target.id))
            }
        }
    }

    @Test func `strictness is said in words`() {
        let innovador = rows(.proware)
        #expect(
            innovador.contains(
                "Solución | Alta | menos de 3 días hábiles | Horario de oficina; a la misma hora del día | PW-10"))
        #expect(
            innovador.contains(
                "Solución | Media | a lo más 5 días hábiles | Horario de oficina; a la misma hora del día | PW-10"))
        #expect(
            innovador.contains("Primera respuesta | Crítica | menos de 1 hora | Todo momento, las 24 horas | PW-10"))
        #expect(
            innovador.contains(
                "Primera respuesta | Media | menos de 1 día hábil | Horario extendido; a la misma hora del día | PW-10")
        )
    }

    @Test(arguments: Contract.all)
    func `severities, levels, channels, kinds, features and terms are all printed`(_ contract: Contract) {
        let text = rows(contract).joined(separator: "\n")
        for severity in contract.severities { #expect(text.contains(severity.definition.spanish)) }
        for level in contract.levels { #expect(text.contains(level.duty.spanish)) }
        for channel in contract.channels { #expect(text.contains(channel.name.spanish)) }
        for kind in contract.kinds { #expect(text.contains(kind.name.spanish)) }
        for stage in contract.stages { #expect(text.contains(stage.name.spanish)) }
        for feature in contract.plans.flatMap(\.features) { #expect(text.contains(feature.name.spanish)) }
        for term in contract.terms { #expect(text.contains("\(term.clause) | \(term.text)")) }
    }

    @Test func `holidays are those of the country's law, of two years`() {
        let mexico = Agreement(.ingressio, year: 2026).text
        #expect(mexico.contains("Festivos de 2026 y 2027"))
        #expect(mexico.contains("lunes 16 de noviembre de 2026"))
        #expect(mexico.contains("viernes 1 de enero de 2027"))
        let colombia = Agreement(.proware, year: 2026).text
        #expect(colombia.contains("Nuestra Señora del Rosario de Chiquinquirá"))
        #expect(!Agreement(.bizflow, year: 2026).text.contains("Festivos de"))
    }

    @Test func `availability is printed as its formula, its figures and its policy`() {
        let formula = "Disponibilidad = 100 − TFO / (TT − TPFO) × 100"
        #expect(Agreement(.seres, year: 2026).text.contains(formula))
        #expect(Agreement(.factupronto, year: 2026).html.contains("cuenta como TFO: TPFO es siempre 0"))
        #expect(rows(.proware).contains("Innovador | 98\u{A0}% | 864 min | 24×7×365 | PW-1, PW-12"))
        #expect(rows(.proware).contains("Empresarial | 99,5\u{A0}% | 216 min | 24×7×365 | PW-1, PW-12"))
        #expect(rows(.seres).contains("Gratuito | 99.3\u{A0}% | 302 min | 24×7×365 | SE-14, SE-15"))
        #expect(!Agreement(.ingressio, year: 2026).text.contains("TFO"))
    }

    @Test func `policies that differ are told apart`() {
        var contract = Contract.seres
        contract.plans[1].availability = AvailabilityPromise(
            "99.9", policy: AvailabilityPolicy(maintenanceCounts: true), clause: "")
        let text = Agreement(contract, year: 2026).html
        #expect(text.contains("<li>De pago: El mantenimiento"))
        #expect(text.contains("<li>Gratuito: Una ventana de mantenimiento"))
    }

    @Test(arguments: Contract.all)
    func `no line of the text is wider than a terminal`(_ contract: Contract) {
        for line in Agreement(contract, year: 2026).text.split(separator: "\n") { #expect(line.count <= 100) }
    }

    @Test func `the page is escaped and whole`() {
        var contract = Contract.bizflow
        contract.provider = "<script>alert(1)</script> & \"Compañía\""
        let html = Agreement(contract, year: 2026).html
        #expect(!html.contains("<script"))
        #expect(html.contains("&lt;script&gt;"))
        #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"es-MX\">"))
        #expect(html.hasSuffix("</html>\n"))
    }

    @Test func `an edited value changes the text with it`() {
        var contract = Contract.bizflow
        contract.plans[0].targets[0].amount = 25
        contract.plans[0].targets[0].pausedBy = [.waitingThirdParty]
        let printed = rows(contract)
        #expect(printed.contains { $0.contains("a lo más 25 minutos") && $0.contains("esperando a un tercero") })
        contract.plans[0].steps = []
        #expect(!Agreement(contract, year: 2026).text.contains("Aviso sobre"))
    }

    // MARK: Commands

    @Test func `contracts are listed`() throws {
        let lines = try run("contract", "list").split(separator: "\n")
        #expect(lines.count == 5)
        #expect(
            lines.last
                == "proware\tProware\tCO\tAmerica/Bogota\tinnovador,emprendedor,empresarial,premiumPorDemanda,premiumPlus"
        )
    }

    @Test(arguments: Contract.all)
    func `what is printed as JSON passes the check`(_ contract: Contract) throws {
        let folder = TemporaryFolder()
        let path = folder / "contract.json"
        try run("contract", "print", contract.key).write(toFile: path, atomically: true, encoding: .utf8)
        let count = contract.plans.count
        #expect(try run("contract", "check", path) == "ok: \(contract.key) version 1, \(count) plans\n")
        let broken = try String(contentsOfFile: path, encoding: .utf8).replacing("\"amount\":", with: "\"amont\":")
        try broken.write(toFile: path, atomically: true, encoding: .utf8)
        let fault = try #require(refusal(of: "contract", "check", path))
        #expect(fault.status == 1)
        #expect(fault.message.contains("plans[0].targets[0].amont: is not known; did you mean amount?"))
        #expect(fault.message.contains("plans[0].targets[1].amont: is not known; did you mean amount?"))
    }

    @Test func `text and page are printed for a year`() throws {
        #expect(
            try run("contract", "print", "proware", "--format", "text", "--year", "2030").contains(
                "Festivos de 2030 y 2031"))
        #expect(try run("contract", "print", "proware", "--format", "html").hasPrefix("<!DOCTYPE html>"))
    }

    @Test func `wrong words are refused with the nearest right one`() {
        #expect(refusal(of: "contract", "print", "prowar")?.message == "unknown contract prowar; did you mean proware?")
        #expect(
            refusal(of: "contract", "print", "proware", "--format", "htm")?.message
                == "unknown format htm; did you mean html?")
        #expect(refusal(of: "contract", "print", "proware", "--year", "1066")?.status == 2)
        #expect(refusal(of: "contract", "print", "proware", "--year", "x")?.status == 2)
        #expect(refusal(of: "contract", "check", "/nowhere/contract.json")?.status == 1)
    }

    @Test func `a file that is no JSON is refused with its place`() throws {
        let folder = TemporaryFolder()
        let path = folder / "contract.json"
        try "{\"contract\": ".write(toFile: path, atomically: true, encoding: .utf8)
        let fault = try #require(refusal(of: "contract", "check", path))
        #expect(fault.status == 1 && fault.message.hasPrefix(path + ": "))
    }
}
