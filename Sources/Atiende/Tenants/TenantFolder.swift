// A tenant is its folder: everything about it lies there. Whoever opens it holds its lock, and its marker tells the
// folder itself from an empty place where a disk should be mounted.

internal import Glibc
internal import HTTP

struct TenantFolder: Sendable {
    let path: String

    var database: String { path + "/desk.sqlite" }
    /// Attachments by their SHA-256.
    var files: String { path + "/files" }
    /// Uploads on their way; emptied when the tenant opens.
    var incoming: String { path + "/incoming" }
    private var marker: String { path + "/tenant" }
    private var lockFile: String { path + "/lock" }

    init(root: String, slug: Slug) { path = root + "/tenants/" + slug.rawValue }

    /// A folder that is not a tenant's yet.
    init(path: String) { self.path = path }

    /// Makes the folder with its marker, durably. Fails when it is there.
    func create(id: String) throws(SystemError) {
        try Folder.make(path)
        try Folder.make(files)
        try Folder.make(incoming)
        try Folder.write(Array((id + "\n").utf8), to: marker)
        try Folder.sync(path)
        try Folder.sync(Folder.parent(of: path))
    }

    /// Why this is not the folder of the tenant with that id; nil where it is.
    func fault(id: String) -> String? {
        guard let text = Folder.read(marker, atMost: 256) else {
            return "\(path) has no marker: is its disk mounted?"
        }
        return text.elementsEqual((id + "\n").utf8) ? nil : "\(path) is the folder of another tenant"
    }

    /// Takes the folder for this process, until the lock goes.
    func lock(id: String) throws(Refusal) -> FolderLock {
        if let fault = fault(id: id) { throw .unavailable(retryAfter: 60, why: fault) }
        let lock: FolderLock?
        do throws(SystemError) {
            lock = try FolderLock(path: lockFile)
        } catch { throw .unavailable(retryAfter: 60, why: "\(error)") }
        guard let lock else { throw .unavailable(retryAfter: 5, why: "\(path) is open in another process") }
        return lock
    }
}
