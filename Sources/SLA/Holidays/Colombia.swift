// Colombia: Ley 51 of 1983 (in force since 1984), and Ley 2578 of 2026.

extension HolidayRule {
    static let colombia = [
        HolidayRule("Año Nuevo", .fixed(month: 1, day: 1)),
        HolidayRule("Día de los Reyes Magos", .movedToMonday(month: 1, day: 6)),
        HolidayRule("Día de San José", .movedToMonday(month: 3, day: 19)),
        HolidayRule("Jueves Santo", .easter(-3)),
        HolidayRule("Viernes Santo", .easter(-2)),
        HolidayRule("Día del Trabajo", .fixed(month: 5, day: 1)),
        // These three follow Easter by 39, 60 and 68 days and are moved to the Monday after.
        HolidayRule("Ascensión del Señor", .easter(43)),
        HolidayRule("Corpus Christi", .easter(64)),
        HolidayRule("Sagrado Corazón de Jesús", .easter(71)),
        HolidayRule("San Pedro y San Pablo", .movedToMonday(month: 6, day: 29)),
        HolidayRule("Nuestra Señora del Rosario de Chiquinquirá", since: 2026, .movedToMonday(month: 7, day: 9)),
        HolidayRule("Día de la Independencia", .fixed(month: 7, day: 20)),
        HolidayRule("Batalla de Boyacá", .fixed(month: 8, day: 7)),
        HolidayRule("Asunción de la Virgen", .movedToMonday(month: 8, day: 15)),
        HolidayRule("Día de la Raza", .movedToMonday(month: 10, day: 12)),
        HolidayRule("Todos los Santos", .movedToMonday(month: 11, day: 1)),
        HolidayRule("Independencia de Cartagena", .movedToMonday(month: 11, day: 11)),
        HolidayRule("Inmaculada Concepción", .fixed(month: 12, day: 8)),
        HolidayRule("Navidad", .fixed(month: 12, day: 25)),
    ]
}
