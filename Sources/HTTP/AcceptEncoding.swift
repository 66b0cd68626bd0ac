// Whether a client takes gzip (RFC 9110 §12.5.3).

extension Request {
    /// True where gzip is named, or meant by `*`, with a weight above zero and not below one that is given to
    /// `identity`. Without the field a client may take anything, but one that wants gzip says so. Elements that are
    /// malformed are passed over.
    public var acceptsGzip: Bool {
        var gzip: Int?
        var any: Int?
        var identity: Int?
        eachElement(of: "accept-encoding") { element in
            guard let coding = WeightedElement(element) else { return true }
            // RFC 9110 §8.4.1.3: x-gzip is the same coding.
            if coding.value.matches("gzip") || coding.value.matches("x-gzip") {
                gzip = max(gzip ?? 0, coding.thousandths)
            } else if coding.value.matches("identity") {
                identity = coding.thousandths
            } else if coding.value.matches("*") {
                any = coding.thousandths
            }
            return true
        }
        let weight = gzip ?? any ?? 0
        return weight > 0 && weight >= identity ?? 0
    }
}
