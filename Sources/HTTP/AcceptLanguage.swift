// Which of the site's languages a browser would rather read (RFC 9110 §12.5.4).

extension Request {
    /// The first of `languages` with the highest weight; nil when none is acceptable or nothing was said. A range
    /// matches by its primary tag: `es-419` asks for `es`.
    public func preferredLanguage(among languages: [StaticString]) -> Int? {
        var best: (index: Int, weight: Int)?
        eachElement(of: "accept-language") { element in
            guard let range = WeightedElement(element), range.thousandths > 0 else { return true }
            let primary = range.value.prefix { $0 != .minus }
            guard let index = languages.firstIndex(where: { primary.matches($0) }) else { return true }
            if range.thousandths > best?.weight ?? 0 { best = (index, range.thousandths) }
            return true
        }
        return best?.index
    }
}
