// Time zones of the system's tzdata, read when first asked for. A zone that was read stays as it is until the next start.

internal import HTTP
internal import SLA
internal import Synchronization

public final class Zones: Sendable {
    private let known = Mutex<[String: TimeZoneRules]>([:])
    private let list = Mutex<[ListedZone]?>(nil)

    private static let folder = "/usr/share/zoneinfo/"
    /// The largest file of tzdata has about 4 KB.
    private static let largestFile = 256 * 1024

    init() {}

    /// Whether the system has a zone of that IANA name.
    public func knows(_ name: String) -> Bool { (try? rules(name)) != nil }

    func rules(_ name: String) throws(Refusal) -> TimeZoneRules {
        if let rules = known.withLock({ $0[name] }) { return rules }
        guard Self.isName(name), let bytes = Folder.read(Self.folder + name, atMost: Self.largestFile) else {
            throw .broken("unknown time zone \(name)")
        }
        do throws(TimeZoneError) {
            let rules = try TimeZoneRules(name: name, tzif: bytes)
            known.withLock { $0[name] = rules }
            return rules
        } catch { throw .broken("\(error)") }
    }

    /// Every zone of the system's list; none where it has no list.
    func listed() -> [ListedZone] {
        list.withLock { list in
            if let list { return list }
            let read = ListedZone.read(Folder.read(Self.folder + "zone.tab", atMost: Self.largestFile) ?? [])
            list = read
            return read
        }
    }

    /// Parts of letters, digits, `_`, `-` and `+` between slashes: nothing that leaves the folder.
    private static func isName(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: 0x2F, omittingEmptySubsequences: false)
        return name.utf8.count <= 64
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2B: true
                        default: false
                        }
                    }
            }
    }
}
