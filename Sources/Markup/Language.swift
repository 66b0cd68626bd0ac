// The languages that pages speak.

public enum Language: String, CaseIterable, Sendable {
    case es
    case en

    var index: Int { self == .es ? 0 : 1 }
}
