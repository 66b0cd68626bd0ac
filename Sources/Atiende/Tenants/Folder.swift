// Folders and small files, each step durable when it returns: what was made survives a power cut.

internal import Glibc
internal import HTTP

enum Folder {
    static func open(_ path: String, _ flags: Int32, _ mode: UInt32 = 0) -> Int32 { Glibc.open(path, flags, mode) }

    /// Makes a folder for its owner alone, and its missing parents.
    static func make(_ path: String) throws(SystemError) {
        guard mkdir(path, 0o700) != 0 else { return }
        let code = errno
        if code == EEXIST, isFolder(path) { return }
        guard code == ENOENT, parent(of: path) != path else { throw SystemError("mkdir \(path)", code) }
        try make(parent(of: path))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw SystemError("mkdir \(path)", errno) }
    }

    static func isFolder(_ path: String) -> Bool {
        var information = stat()
        return stat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFDIR
    }

    static func isLink(_ path: String) -> Bool {
        var information = stat()
        return lstat(path, &information) == 0 && information.st_mode & S_IFMT == S_IFLNK
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The names in a folder, without `.` and `..`, in order.
    static func names(_ path: String) throws(SystemError) -> [String] {
        guard let folder = opendir(path) else { throw SystemError("opendir \(path)", errno) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// What is on its way to its name ends in this.
    static let draftSuffix = ".new"

    /// Writes a new file, which is complete or absent after a crash.
    static func write(_ bytes: [UInt8], to path: String) throws(SystemError) {
        let draft = path + draftSuffix
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open \(draft)", errno) }
        defer { close(descriptor) }
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            let code = errno
            guard count > 0 || code == EINTR else { throw SystemError("write \(draft)", code) }
            done += max(0, count)
        }
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(draft)", errno) }
        guard Glibc.rename(draft, path) == 0 else { throw SystemError("rename \(draft)", errno) }
        try sync(parent(of: path))
    }

    /// A small file's bytes; nil when it cannot be read or is longer.
    static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: limit + 1)
        var count = 0
        while count < bytes.count {
            let read = bytes[count...].withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            let code = errno
            if read < 0, code == EINTR { continue }
            guard read >= 0 else { return nil }
            if read == 0 { break }
            count += read
        }
        return count <= limit ? Array(bytes[..<count]) : nil
    }

    /// Brings a folder's entries to the disk: a new file is lost without it.
    static func sync(_ path: String) throws(SystemError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SystemError("fsync \(path)", errno) }
    }
}

extension Folder {
    /// Zero for a file that is not there.
    static func size(_ path: String) -> Int {
        var information = stat()
        return stat(path, &information) == 0 ? Int(information.st_size) : 0
    }

    static func remove(_ path: String) { unlink(path) }

    /// Removes a folder and all below it; what a link points to stays.
    static func removeAll(_ path: String) throws(SystemError) {
        for name in try names(path) {
            let entry = path + "/" + name
            var information = stat()
            guard lstat(entry, &information) == 0 else { continue }
            if information.st_mode & S_IFMT == S_IFDIR {
                try removeAll(entry)
            } else {
                unlink(entry)
            }
        }
        guard rmdir(path) == 0 else { throw SystemError("rmdir \(path)", errno) }
    }
}

extension Folder {
    static func rename(_ path: String, to other: String) -> Bool { Glibc.rename(path, other) == 0 }

    /// Gives a file its name, durably, unless something has that name already.
    static func publish(_ draft: String, as path: String) throws(SystemError) {
        if link(draft, path) == 0 {
            remove(draft)
        } else {
            let code = errno
            // A disk without hard links; the caller is the only one who makes this draft.
            guard code == EPERM || code == EOPNOTSUPP, !exists(path), rename(draft, to: path) else {
                throw SystemError("link \(path)", code)
            }
        }
        try sync(parent(of: path))
    }
}

extension Folder {
    /// Copies a file or a folder with all below it, each file durably. Links are not followed and not copied.
    static func copyAll(_ source: String, to target: String) throws(SystemError) {
        var information = stat()
        guard lstat(source, &information) == 0 else { throw SystemError("lstat \(source)", errno) }
        switch information.st_mode & S_IFMT {
        case S_IFDIR:
            try make(target)
            for name in try names(source) { try copyAll(source + "/" + name, to: target + "/" + name) }
            try sync(target)
        case S_IFREG:
            try copyFile(source, to: target)
        default:
            break
        }
    }

    private static func copyFile(_ source: String, to target: String) throws(SystemError) {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw SystemError("open \(source)", errno) }
        defer { close(input) }
        let output = open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard output >= 0 else { throw SystemError("open \(target)", errno) }
        defer { close(output) }
        while true {
            let count = sendfile(output, input, nil, 1 << 20)
            let code = errno
            if count == 0 { break }
            guard count > 0 || code == EINTR else { throw SystemError("copy to \(target)", code) }
        }
        guard fsync(output) == 0 else { throw SystemError("fsync \(target)", errno) }
    }
}
