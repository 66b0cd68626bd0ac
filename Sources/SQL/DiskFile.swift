// The few system calls around a database file that SQLite does not make itself.
//
// A file that SQLite has open in this process must never be opened and closed here: closing any descriptor of a file
// drops all POSIX locks that the process holds on it.

internal import Glibc

enum DiskFile {
    /// Makes an empty database file, and its name durable. Nothing happens when it exists.
    static func createIfMissing(_ path: String) throws(SQLError) {
        guard !exists(path) else { return }
        do {
            Glibc.close(try make(path))
        } catch {
            // Another process was faster.
            guard error.systemError == EEXIST else { throw error }
        }
        try synchronizeDirectory(of: path)
    }

    /// Makes a file that only its owner may read, and refuses one that exists. The descriptor is the caller's to close.
    static func make(_ path: String) throws(SQLError) -> Int32 {
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let code = errno
            throw failure(code, "cannot make \(path)", code == EROFS ? .readOnly : .cannotOpen)
        }
        return descriptor
    }

    static func synchronize(_ descriptor: Int32, _ path: String) throws(SQLError) {
        guard fsync(descriptor) == 0 else { throw failure(errno, "cannot sync \(path)", .ioErrorSync) }
    }

    static func synchronizeDirectory(of path: String) throws(SQLError) {
        let path = directory(of: path)
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno, "cannot open \(path)", .cannotOpen) }
        defer { Glibc.close(descriptor) }
        try synchronize(descriptor, path)
    }

    static func rename(_ old: String, to new: String) throws(SQLError) {
        guard Glibc.rename(old, new) == 0 else { throw failure(errno, "cannot rename \(old) to \(new)", .ioError) }
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    /// 0 when there is no such file.
    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Removes a database file and what SQLite leaves beside one.
    static func removeDatabase(_ path: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] {
            unlink(path + suffix)
        }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ code: Int32, _ what: String, _ kind: SQLError.Code) -> SQLError {
        SQLError(code: kind, message: "\(what): \(String(cString: strerror(code)))", systemError: code)
    }
}
