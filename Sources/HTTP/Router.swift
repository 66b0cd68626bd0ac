// Finds the route of a path: a tree of segments, literal ones before parameters. It knows numbers, not handlers, so that
// whoever lists the routes keeps them in one table.

public struct Router: Sendable {
    private struct Node: Sendable {
        var literals: [(segment: [UInt8], node: Int)] = []
        var parameter: (name: String, node: Int)?
        var routes: [(method: Method, route: Int)] = []
    }

    public enum Match: Sendable {
        case found(route: Int, PathParameters)
        /// The path exists, not with this method; these it has.
        case wrongMethod(allowed: [Method])
        case none
    }

    private var nodes = [Node()]

    public init() {}

    /// Adds a route. `pattern` begins with `/`; a segment in braces takes any one non-empty segment:
    /// `/tickets/{folio}/messages`. A route of `get` also serves `head`.
    public mutating func add(_ method: Method, _ pattern: String, route: Int) {
        var node = 0
        for segment in pattern.utf8.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false) {
            if segment.first == UInt8(ascii: "{"), segment.last == UInt8(ascii: "}") {
                node = child(of: node, parameter: String(decoding: segment.dropFirst().dropLast(), as: UTF8.self))
            } else {
                node = child(of: node, literal: Array(segment))
            }
        }
        nodes[node].routes.append((method, route))
    }

    private mutating func child(of node: Int, literal segment: [UInt8]) -> Int {
        if let known = nodes[node].literals.first(where: { $0.segment == segment }) { return known.node }
        nodes.append(Node())
        nodes[node].literals.append((segment, nodes.count - 1))
        return nodes.count - 1
    }

    private mutating func child(of node: Int, parameter name: String) -> Int {
        if let known = nodes[node].parameter { return known.node }
        nodes.append(Node())
        nodes[node].parameter = (name, nodes.count - 1)
        return nodes.count - 1
    }

    /// `path` as sent, percent-encoded, beginning with `/`. Segments are compared as they were sent; parameters are
    /// decoded, and one that is not clean UTF-8 without control characters belongs to no route.
    public func match(_ method: Method, _ path: ArraySlice<UInt8>) -> Match {
        guard path.first == 0x2F else { return .none }
        var parameters = PathParameters()
        guard let node = find(0, path.dropFirst(), &parameters) else { return .none }
        let wanted = method == .head ? Method.get : method
        if let found = nodes[node].routes.first(where: { $0.method == method || $0.method == wanted }) {
            return .found(route: found.route, parameters)
        }
        var allowed = nodes[node].routes.map(\.method)
        if allowed.contains(.get) { allowed.append(.head) }
        return .wrongMethod(allowed: allowed + [.options])
    }

    private func find(_ node: Int, _ rest: ArraySlice<UInt8>, _ parameters: inout PathParameters) -> Int? {
        let end = rest.firstIndex(of: 0x2F) ?? rest.endIndex
        let segment = rest[rest.startIndex..<end]
        let isLast = end == rest.endIndex
        if let literal = nodes[node].literals.first(where: { $0.segment.elementsEqual(segment) }) {
            if isLast, !nodes[literal.node].routes.isEmpty { return literal.node }
            if !isLast, let found = find(literal.node, rest[(end + 1)...], &parameters) { return found }
        }
        guard let parameter = nodes[node].parameter, !segment.isEmpty,
            let value = PercentCoding.decode(segment)
        else { return nil }
        let mark = parameters.values.count
        parameters.values.append((parameter.name, value))
        if isLast, !nodes[parameter.node].routes.isEmpty { return parameter.node }
        if !isLast, let found = find(parameter.node, rest[(end + 1)...], &parameters) { return found }
        parameters.values.removeSubrange(mark...)
        return nil
    }
}

/// The segments that stood for a pattern's braces, decoded.
public struct PathParameters: Sendable {
    var values: [(name: String, value: String)] = []

    public init() {}

    /// Empty for a name that the pattern does not have.
    public subscript(_ name: String) -> String { values.first { $0.name == name }?.value ?? "" }
}
