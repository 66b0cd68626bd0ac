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

    /// One that is there already is taken.
    func insertTechnician(_ number: Int, at now: Int) throws(SQLError) -> Person.ID {
        let email = "tecnico\(number)@mesa.example"
        if let known = try first("SELECT id FROM person WHERE email = ?", email, row: { $0.int(0) }) {
            return Person.ID(rawValue: known)
        }
        let name = Self.given[number % Self.given.count] + " " + Self.family[number * 5 % Self.family.count]
        return try insert(
            NewPerson(email: email, name: name, role: .technician(level: 1 + number % 3), state: .active), at: now)
    }

    func someOrganizations(_ most: Int) throws(SQLError) -> [OrganizationName] {
        try query("SELECT id, legal_name FROM organization WHERE id > 0 ORDER BY id LIMIT ?", most) { row in
            OrganizationName(id: Organization.ID(rawValue: row.int(0)), name: row.text(1))
        }
    }

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
