// Which holidays a closed time falls on.

extension Calendar {
    /// The holidays that touch `[from, to)`, in order, each from its first to its last second. Dates that are an
    /// exception too are none.
    func holidays(_ from: Int, _ to: Int) -> [(from: Int, to: Int, name: String)] {
        guard from < to else { return [] }
        let first = floorDivide(from - PosixRule.widestOffset, secondsPerDay)
        let last = floorDivide(to + PosixRule.widestOffset, secondsPerDay)
        var found: [(from: Int, to: Int, name: String)] = []
        var index = pattern.firstSpecial(from: first)
        while index < pattern.special.count, pattern.special[index].day <= last {
            let date = CivilDate(unchecked: pattern.special[index].day)
            if let name = definition.holidays[date], definition.exceptions[date] == nil {
                let start = zone.start(of: date).seconds
                let end = zone.start(of: CivilDate(unchecked: date.dayNumber + 1)).seconds
                if start < to, end > from { found.append((start, end, name)) }
            }
            index += 1
        }
        return found
    }
}
