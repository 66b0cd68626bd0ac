// How whole numbers are written in digits: the mark between thousands is the country's.

internal import Markup

enum NumberStyle: Sendable {
    /// 3,812: Mexico, and English.
    case comma
    /// 3.812: Colombia, and Spanish where no country is known.
    case dot

    /// `locale`: a provider's, such as `es-MX`.
    init(_ language: Language, locale: String? = nil) {
        self = language == .en || locale == "es-MX" ? .comma : .dot
    }

    func text(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(self == .comma ? "," : ".") }
            text.append(digit)
        }
        return text
    }
}

extension Visit {
    /// How this page writes numbers.
    var numbers: NumberStyle { NumberStyle(language, locale: desk?.provider.locale) }
}
