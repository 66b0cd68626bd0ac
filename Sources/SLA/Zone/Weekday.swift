// The seven days, Monday first, and the arithmetic of whole days that every calendar here shares.

/// A day of the week; raw values run from Monday 0 to Sunday 6.
public enum Weekday: Int, CaseIterable, Sendable {
    case monday
    case tuesday
    case wednesday
    case thursday
    case friday
    case saturday
    case sunday
}

/// Seconds of a day whose clock nobody moves.
let secondsPerDay = 86_400

/// The quotient rounded towards minus infinity, so that instants before 1970 fall on the right day. `divisor > 0`.
@inline(__always)
func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    let quotient = dividend / divisor
    return dividend % divisor < 0 ? quotient - 1 : quotient
}

/// The remainder that goes with `floorDivide`: never negative.
@inline(__always)
func floorRemainder(_ dividend: Int, _ divisor: Int) -> Int {
    let remainder = dividend % divisor
    return remainder < 0 ? remainder + divisor : remainder
}
