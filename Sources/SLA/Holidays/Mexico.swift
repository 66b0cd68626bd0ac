// Mexico: the days of compulsory rest of the Ley Federal del Trabajo, article 74.

extension HolidayRule {
    /// Fraction IX (election days) is left out: electoral laws set them, always on a Sunday so far.
    static let mexico = [
        HolidayRule("Año Nuevo", .fixed(month: 1, day: 1)),
        // The reform published on 17 January 2006 moved fractions II, III and VI to Mondays from that year on.
        HolidayRule("Día de la Constitución", until: 2005, .fixed(month: 2, day: 5)),
        HolidayRule("Día de la Constitución", since: 2006, .monday(1, ofMonth: 2)),
        HolidayRule("Natalicio de Benito Juárez", until: 2005, .fixed(month: 3, day: 21)),
        HolidayRule("Natalicio de Benito Juárez", since: 2006, .monday(3, ofMonth: 3)),
        HolidayRule("Día del Trabajo", .fixed(month: 5, day: 1)),
        HolidayRule("Día de la Independencia", .fixed(month: 9, day: 16)),
        HolidayRule("Día de la Revolución", until: 2005, .fixed(month: 11, day: 20)),
        HolidayRule("Día de la Revolución", since: 2006, .monday(3, ofMonth: 11)),
        // Fraction VII: 1 December of every sixth year up to 2018, 1 October from 2024.
        HolidayRule(
            "Transmisión del Poder Ejecutivo Federal", since: 1970, until: 2018, every: 6, .fixed(month: 12, day: 1)),
        HolidayRule("Transmisión del Poder Ejecutivo Federal", since: 2024, every: 6, .fixed(month: 10, day: 1)),
        HolidayRule("Navidad", .fixed(month: 12, day: 25)),
    ]
}
