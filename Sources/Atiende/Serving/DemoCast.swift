// Who is who in the demo. All of them are invented.

internal import SLA

/// The people of one provider and of the companies that it serves.
struct DemoCast: Sendable {
    /// An admin, a lead, and technicians of level 1, 2 and 3.
    let names: [String]
    let companies: [DemoCompany]

    func staff(of provider: String, _ password: PasswordHash) -> [NewPerson] {
        let roles: [Person.Role] = [
            .admin, .technician(level: 3), .technician(level: 1), .technician(level: 2), .technician(level: 3),
        ]
        return zip(names, roles).enumerated().map { index, pair in
            NewPerson(
                email: "\(pair.0.mailName)@\(provider).example", name: pair.0, role: pair.1, isLead: index == 1,
                state: .active, password: password)
        }
    }

    static func named(_ key: String) -> DemoCast? {
        switch key {
        case "factupronto": factupronto
        case "ingressio": ingressio
        case "seres": seres
        case "bizflow": bizflow
        case "proware": proware
        default: nil
        }
    }
}

struct DemoCompany: Sendable {
    let name: String
    /// Under which its people have their addresses: `ceiba` is `ceiba.example`.
    let domain: String
    /// The tax number without its check digit.
    let number: String
    let street: String
    let neighborhood: String
    let city: String
    let region: String
    let postalCode: String
    let phone: String
    /// The first one manages the others.
    let names: [String]

    func people(_ password: PasswordHash) -> [NewPerson] {
        names.map {
            NewPerson(
                email: "\($0.mailName)@\(domain).example", name: $0, role: .customer, state: .active,
                password: password)
        }
    }

    func details(_ country: Country) throws -> OrganizationDetails {
        let numbers = "0123456789A".lazy.compactMap { try? TaxID("\(number)-\($0)", country: country) }
        guard let taxID = numbers.first else { throw Refusal.broken("\(name) has no tax number") }
        let phone = try PhoneNumber(phone, in: country)
        return OrganizationDetails(
            legalName: name, country: country, taxID: taxID, street: street, neighborhood: neighborhood, city: city,
            region: region, postalCode: postalCode, email: "contacto@\(domain).example", phone: phone.normal)
    }
}

extension String {
    /// `Óscar Benítez` writes from `oscar.benitez`.
    fileprivate var mailName: String {
        folded.split(separator: " ").prefix(2).joined(separator: ".")
    }
}

extension DemoCast {
    private static let factupronto = DemoCast(
        names: ["Leticia Arroyo", "Octavio Lara", "Marisol Cepeda", "Gerardo Villalpando", "Nadia Escamilla"],
        companies: [
            DemoCompany(
                name: "Ferretería El Yunque, S.A. de C.V.", domain: "yunque", number: "FEY980312QX",
                street: "Calzada de Tlalpan 1420", neighborhood: "Portales", city: "Benito Juárez",
                region: "Ciudad de México", postalCode: "03300", phone: "5541203377",
                names: ["Rebeca Luján", "Tomás Iturbe"]),
            DemoCompany(
                name: "Panificadora Santa Tecla, S.A. de C.V.", domain: "santatecla", number: "PST050821RK",
                street: "Avenida Juárez 88", neighborhood: "Centro", city: "Puebla", region: "Puebla",
                postalCode: "72000", phone: "2224418890", names: ["Ismael Carrasco", "Fernanda Olmedo"]),
            DemoCompany(
                name: "Óptica Miramar, S.C.", domain: "miramar", number: "OMI120405TB", street: "Calle 60 núm. 315",
                neighborhood: "Itzimná", city: "Mérida", region: "Yucatán", postalCode: "97100", phone: "9993217045",
                names: ["Wendy Poot", "Armando Cetina"]),
        ])

    private static let ingressio = DemoCast(
        names: ["Humberto Salgado", "Violeta Trejo", "Rubén Castañeda", "Paola Inzunza", "Efraín Borja"],
        companies: [
            DemoCompany(
                name: "Maquilas del Desierto, S.A. de C.V.", domain: "desierto", number: "MDE010917HJ",
                street: "Bulevar Independencia 2201", neighborhood: "Parque Industrial", city: "Ciudad Juárez",
                region: "Chihuahua", postalCode: "32600", phone: "6561845520", names: ["Lorena Quezada", "Adán Montes"]),
            DemoCompany(
                name: "Hospital San Rafael de Jesús, A.C.", domain: "sanrafael", number: "HSR940620DM",
                street: "Avenida Patria 3300", neighborhood: "Villa Universitaria", city: "Zapopan",
                region: "Jalisco", postalCode: "45110", phone: "3336407712",
                names: ["Gilberto Preciado", "Rosa Elvira Nava"]),
            DemoCompany(
                name: "Colegio Nuevo Alba, S.C.", domain: "nuevoalba", number: "CNA071130PW",
                street: "Río Nazas 120", neighborhood: "Del Valle", city: "San Pedro Garza García",
                region: "Nuevo León", postalCode: "66220", phone: "8183354410",
                names: ["Mireya Cantú", "Jorge Luis Treviño"]),
        ])

    private static let seres = DemoCast(
        names: ["Aurelio Ponce", "Susana Barragán", "Iván Pardo", "Graciela Ochoa", "Mauricio Tenorio"],
        companies: [
            DemoCompany(
                name: "Refaccionaria La Central, S.A. de C.V.", domain: "lacentral", number: "RLC030228AV",
                street: "Insurgentes Sur 905", neighborhood: "Nápoles", city: "Benito Juárez",
                region: "Ciudad de México", postalCode: "03810", phone: "5555238841",
                names: ["Ximena Robledo", "Pascual Meza"]),
            DemoCompany(
                name: "Cafetales de Coatepec, S.P.R. de R.L.", domain: "coatepec", number: "CCO100714LN",
                street: "Camino Real 14", neighborhood: "Consolapan", city: "Coatepec", region: "Veracruz",
                postalCode: "91500", phone: "2288162230", names: ["Abelardo Viveros", "Citlali Morales"]),
            DemoCompany(
                name: "Estudio Contable Navarrete y Asociados, S.C.", domain: "navarrete", number: "ECN991105GF",
                street: "Paseo de la República 77", neighborhood: "Jurica", city: "Querétaro", region: "Querétaro",
                postalCode: "76100", phone: "4422186634", names: ["Dolores Navarrete", "Saúl Arteaga"]),
        ])

    private static let bizflow = DemoCast(
        names: ["Catalina Robles", "Germán Alcocer", "Lina Magaña", "Esteban Cuéllar", "Yolanda Pizano"],
        companies: [
            DemoCompany(
                name: "Distribuidora Bajío del Café, S.A. de C.V.", domain: "bajiocafe", number: "DBC020613UW",
                street: "Bulevar Adolfo López Mateos 1801", neighborhood: "Los Gavilanes", city: "León",
                region: "Guanajuato", postalCode: "37270", phone: "4777183320",
                names: ["Mauricio Gasca", "Luz María Origel"]),
            DemoCompany(
                name: "Textiles Río Lerma, S.A. de C.V.", domain: "riolerma", number: "TRL961108KB",
                street: "Parque Industrial Lerma, lote 12", neighborhood: "La Estación", city: "Lerma",
                region: "Estado de México", postalCode: "52000", phone: "7282854417",
                names: ["Beatriz Mondragón", "Alfredo Becerril"]),
            DemoCompany(
                name: "Fundación Semillas de la Huasteca, A.C.", domain: "semillas", number: "FSH110929EJ",
                street: "Avenida Venustiano Carranza 2076", neighborhood: "Polanco", city: "San Luis Potosí",
                region: "San Luis Potosí", postalCode: "78220", phone: "4448173390",
                names: ["Yesenia Azuara", "Haroldo Rangel"]),
        ])

    private static let proware = DemoCast(
        names: ["Natalia Forero", "Óscar Benítez", "Camila Rincón", "Julián Sarmiento", "Paula Andrea Vélez"],
        companies: [
            DemoCompany(
                name: "Almacenes La Ceiba S.A.S.", domain: "ceiba", number: "900731458",
                street: "Calle 72 # 10-34", neighborhood: "Chapinero", city: "Bogotá", region: "Bogotá D.C.",
                postalCode: "110231", phone: "6017456620", names: ["Adriana Salcedo", "Bruno Castellanos"]),
            DemoCompany(
                name: "Transportes El Roble Ltda.", domain: "elroble", number: "830114597",
                street: "Autopista Norte km 17", neighborhood: "La Caro", city: "Chía", region: "Cundinamarca",
                postalCode: "250001", phone: "3152240987", names: ["Gustavo Pinilla", "Marcela Ávila"]),
            DemoCompany(
                name: "Laboratorios Sierra Nevada S.A.", domain: "sierranevada", number: "890208163",
                street: "Calle 93 # 49C-80", neighborhood: "Riomar", city: "Barranquilla", region: "Atlántico",
                postalCode: "080020", phone: "6053784412", names: ["Ligia Esther Cabarcas", "Rodolfo Manotas"]),
        ])
}
