// Whether the files of a tenant are what its rows say: each there, whole, and named by something.

internal import Glibc
internal import HTTP
internal import SQL

struct AttachmentCheck: Sendable {
    /// Files of tickets that are gone, or no longer what was sent.
    private(set) var damage: [String] = []
    /// Files that no row names: an upload that was cut off between the file and its row leaves one. They harm nothing.
    private(set) var orphans: [String] = []

    private static let atOnce = 500
    private static let piece = 256 * 1024

    /// Open or not. Files are listed before the rows are read: one that comes meanwhile is not taken for an orphan.
    init(of folder: TenantFolder) throws {
        let files = AttachmentFolder(path: folder.files)
        let stored = try Self.stored(in: folder.files)
        let connection = try Connection(path: folder.database, role: .reader)
        // Of a version from before attachments.
        guard (try? connection.attachmentBytes()) != nil else { return }
        var named: Set<String> = []
        var last = ""
        while true {
            let rows = try connection.attachedHashes(after: last, atMost: Self.atOnce)
            for row in rows {
                named.insert(row.hash)
                // What waits and was taken back meanwhile is no loss.
                if row.isBound, let fault = Self.fault(of: row.hash, files) { damage.append(fault) }
            }
            guard let end = rows.last, rows.count == Self.atOnce else { break }
            last = end.hash
        }
        orphans = stored.filter { !named.contains($0) }.compactMap(files.file)
    }

    private static func stored(in path: String) throws -> [String] {
        guard Folder.exists(path) else { return [] }
        return try Folder.names(path).filter { $0.utf8.count == 2 && Folder.isFolder("\(path)/\($0)") }.flatMap {
            prefix in try Folder.names("\(path)/\(prefix)").map { prefix + $0 }
        }
    }

    private static func fault(of hash: String, _ files: AttachmentFolder) -> String? {
        guard let path = files.file(hash), let bytes = FileBytes(path) else { return "attachment \(hash) is missing" }
        guard let sum = SHA256() else { return nil }
        var offset = 0
        while offset < bytes.count {
            let count = min(piece, bytes.count - offset)
            guard let part = bytes.bytes(at: offset, count), part.withUnsafeBytes({ sum.update($0) }) else {
                return "attachment \(hash) cannot be read"
            }
            offset += count
        }
        return sum.finish().map(Hexadecimal.text) == hash ? nil : "attachment \(hash) is damaged"
    }
}
