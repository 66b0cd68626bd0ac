// Lines of `atiende sla eval` and `atiende uptime eval`: a case in, its answer or one clear sentence out.

internal import SLA

/// Answers one line after the other. For one thread.
public final class CaseEvaluator {
    public enum Kind: Sendable {
        case sla
        case uptime
    }

    private let kind: Kind
    private let zones = Zones()
    private var plans: CompiledPlans

    /// Longer lines are answered like others, but nothing of them is kept.
    private static let longestKept = 256 * 1024

    public init(_ kind: Kind) {
        self.kind = kind
        plans = CompiledPlans(CompiledCalendars(zones: zones))
    }

    /// `{"id":…,"result":…}` or `{"id":…,"error":"…"}`; the id is null where the line is no JSON.
    public func answer(_ line: [UInt8]) -> JSON {
        let document: JSON
        do throws(JSONSyntaxFault) {
            document = try JSON(parsing: line)
        } catch {
            // A case is one line.
            return ["id": .null, "error": .string("column \(error.column): \(error.reason)")]
        }
        let id = Self.id(of: document)
        let plans = line.count > Self.longestKept ? CompiledPlans(CompiledCalendars(zones: zones)) : plans
        do {
            return ["id": id, "result": try result(document, plans)]
        } catch {
            return ["id": id, "error": .string("\(error)")]
        }
    }

    private func result(_ document: JSON, _ plans: CompiledPlans) throws -> JSON {
        switch kind {
        case .sla: try JSONReader.read(document) { SLAQuestion($0, plans) }.answer()
        case .uptime: try JSONReader.read(document) { UptimeQuestion($0, plans.calendars) }.answer()
        }
    }

    /// A text or a number as it stands; null for what can be no id.
    static func id(of document: JSON) -> JSON {
        switch document["id"] {
        case .some(.string(let text)): .string(text)
        case .some(.int(let number)): .int(number)
        case .some(.decimal(let number)): .decimal(number)
        default: .null
        }
    }
}
