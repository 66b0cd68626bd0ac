// Invented organizations and people, by number: the same every time.

internal import SLA
internal import SQL

extension Connection {
    private static let given = [
        "Adriana", "Bruno", "Carolina", "Damián", "Elena", "Fabián", "Graciela", "Hernán", "Inés", "Joaquín", "Karina",
        "Lorenzo", "Mónica", "Néstor", "Olga", "Patricio", "Raquel", "Sebastián", "Teresa", "Úrsula", "Verónica",
    ]
    private static let family = [
        "Acosta", "Benítez", "Cárdenas", "Duarte", "Espinosa", "Figueroa", "Guzmán", "Herrera", "Ibáñez", "Juárez",
        "Lozano", "Márquez", "Núñez", "Ortiz", "Peña", "Quintero", "Rosales", "Salcedo", "Téllez", "Urrutia", "Zúñiga",
    ]
    private static let trades = [
        "Almacenes", "Transportes", "Clínica", "Ferretería", "Laboratorios", "Constructora", "Hotel", "Papelería",
    ]
    private static let places = [
        "La Ceiba", "El Roble", "Los Andes", "Del Valle", "San Jacinto", "Monteverde", "La Sabana", "Río Claro",
    ]

    func insertInvented(_ number: Int, people: Int, at now: Int) throws(SQLError) {
        let trade = Self.trades[number % Self.trades.count]
        let name = "\(trade) \(Self.places[number / Self.trades.count % Self.places.count]) \(number + 1)"
        let organization = try insert(
            OrganizationDetails(legalName: name, country: .colombia), state: .active, at: now)
        for index in 0..<people {
            let one = number &* 7919 &+ index
            let person = NewPerson(
                email: "persona\(number * 50 + index)@org\(number + 1).example",
                name: [
                    Self.given[one % Self.given.count], Self.family[one / 3 % Self.family.count],
                    Self.family[one / 67 % Self.family.count],
                ].joined(separator: " "), role: .customer, state: .active)
            let id = try insert(person, at: now)
            try insertMembership(of: id, in: organization, isManager: index == 0, at: now)
        }
    }
}
