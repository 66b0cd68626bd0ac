// What was decided about a tenant's folder and may not be finished: it is written down before anything happens, so that
// whoever opens the data next goes on from wherever it was cut off.

internal import HTTP

struct PendingMove: Equatable, Sendable {
    enum Kind: Equatable {
        case rename(to: Slug, name: String)
        case delete
        /// An import's folder takes its place, and its row is to follow.
        case arrive
    }

    let slug: Slug
    let id: String
    let kind: Kind

    /// The way, in order. Each step may be taken again: whatever of it is done already stays so.
    enum Step: Sendable {
        /// From here on the move goes through, unless it is taken back in words.
        case decide
        /// Requests are told to come back in a moment.
        case halt
        /// The desk closes and its folder is free.
        case close
        case folder
        case name
        case directory
        case removal
        /// A folder that arrived and has no row goes again.
        case withdraw
        case forget
    }

    var steps: [Step] {
        switch kind {
        case .rename: [.decide, .halt, .close, .folder, .name, .directory, .forget]
        case .delete: [.decide, .halt, .close, .directory, .folder, .removal, .forget]
        case .arrive: [.decide, .withdraw, .forget]
        }
    }

    /// Where a folder stands between its tenant's end and its own. The id is in its name: of two tenants that had the
    /// same slug one after the other neither is taken for the other.
    var aside: String { "\(slug).\(kind == .arrive ? Self.imported : Self.deleted)\(id.prefix(8))" }

    static let deleted = "deleted-"
    static let imported = "import-"

    /// Whether a name below `tenants` is one that only a deletion or an import that was cut off leaves: neither is the
    /// folder of a tenant, whatever the directory says.
    static func isRemains(_ name: String) -> Bool {
        guard let dot = name.firstIndex(of: "."), Slug(rawValue: String(name[..<dot])) != nil else { return false }
        let rest = name[name.index(after: dot)...]
        return [deleted, imported].contains { prefix in
            rest.hasPrefix(prefix) && rest.utf8.count == prefix.utf8.count + 8
                && rest.dropFirst(prefix.count).allSatisfy { $0.isHexDigit && $0.isASCII }
        }
    }
}

extension PendingMove {
    static func file(in root: String) -> String { root + "/move.json" }

    private static let longest = 4096

    func write(in root: String) throws(Refusal) {
        let document: JSON =
            switch kind {
            case .rename(let new, let name):
                [
                    "slug": .string(slug.rawValue), "id": .string(id), "newSlug": .string(new.rawValue),
                    "name": .string(name),
                ]
            case .delete: ["slug": .string(slug.rawValue), "id": .string(id), "isDeleted": true]
            case .arrive: ["slug": .string(slug.rawValue), "id": .string(id)]
            }
        let bytes = document.bytes(.pretty)
        try Refusal.catching { try Folder.write(bytes, to: Self.file(in: root)) }
    }

    /// Nil where nothing is pending.
    static func read(in root: String) throws(Refusal) -> PendingMove? {
        let path = file(in: root)
        guard Folder.exists(path) else { return nil }
        guard let bytes = Folder.read(path, atMost: longest) else { throw .broken("\(path) cannot be read") }
        return try Refusal.catching {
            try JSONReader.read(JSON(parsing: bytes)) { document in
                document.allow("slug", "id", "newSlug", "name", "isDeleted")
                let slug = document["slug"].text("a slug", Slug.init(rawValue:))
                let id = document["id"].text()
                let new = document["newSlug"].ifPresent?.text("a slug", Slug.init(rawValue:))
                let name = document["name"].ifPresent?.text()
                let isDeleted = document["isDeleted"].ifPresent?.bool() == true
                guard let slug, let id else { return nil }
                guard let new, let name else {
                    return PendingMove(slug: slug, id: id, kind: isDeleted ? .delete : .arrive)
                }
                return PendingMove(slug: slug, id: id, kind: .rename(to: new, name: name))
            }
        }
    }

    static func forget(in root: String) throws(Refusal) {
        Folder.remove(file(in: root))
        try Refusal.catching { try Folder.sync(root) }
    }
}
