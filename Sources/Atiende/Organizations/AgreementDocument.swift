// The document of an agreement as it is signed: who with whom, from when, and what the plan promises on that day. It is
// written once and kept; in Spanish, like every agreement.

internal import SLA

enum AgreementDocument {
    static func html(
        _ contract: Contract, _ plan: ContractPlan, of provider: String, with customer: OrganizationDetails,
        _ term: AgreementTerm
    ) -> String {
        var contract = contract
        contract.provider = provider
        contract.plans = [plan]
        var agreement = Agreement(contract, year: term.startsOn.year)
        agreement.blocks.insert(contentsOf: parties(provider, customer, plan, contract.version, term), at: 0)
        return agreement.html
    }

    private static func parties(
        _ provider: String, _ customer: OrganizationDetails, _ plan: ContractPlan, _ version: Int,
        _ term: AgreementTerm
    ) -> [Agreement.Block] {
        let number = customer.taxID.map { ", \(customer.country.taxIDName) \($0.display)" } ?? ""
        let address = [
            customer.street, customer.neighborhood, customer.postalCode, customer.city, customer.region,
        ].filter { !$0.isEmpty }.joined(separator: ", ")
        var rules = [
            "Proveedor: \(provider).",
            "Cliente: \(customer.legalName)\(number)." + (address.isEmpty ? "" : " Domicilio: \(address)."),
            "Plan: \(plan.name.spanish), según la versión \(version) del documento, que no cambia durante la vigencia.",
            "Inicio: \(AgreementWords.date(term.startsOn)).",
            "Plazo: \(AgreementWords.count(term.months, "mes", "meses")).",
        ]
        if case .running(let span, _) = term.standing(on: term.startsOn) {
            rules.append("Fin del plazo inicial: \(AgreementWords.date(span.ends)).")
            rules.append(
                term.renews
                    ? "Al terminar se renueva por plazos iguales. Cualquiera de las partes lo termina por escrito un mes antes "
                        + "del fin del plazo inicial o de una renovación; para el inicial, a más tardar el "
                        + "\(AgreementWords.date(span.noticeBy))."
                    : "Termina con su plazo inicial; no se renueva.")
        }
        return [.heading("Partes y vigencia"), .list(rules)]
    }
}
