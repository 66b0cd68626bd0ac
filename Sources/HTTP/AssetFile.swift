// The files below a directory, found and read.

import Glibc

/// A regular file as the directory lists it; two that are equal were not written to in between.
struct AssetFile: Equatable, Sendable {
    /// Below the directory: `icons/logo.svg`.
    let name: String
    let size: Int
    /// Nanoseconds since 1970.
    let modified: Int

    /// All files, in order of their names; those whose name begins with a dot, and folders so named, are left out.
    /// A symbolic link stops the search: what is served lies in the directory itself.
    static func all(in directory: String) throws(AssetError) -> [AssetFile] {
        var files: [AssetFile] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for entry in try entries(of: directory + "/" + folder) where !entry.hasPrefix(".") {
                let name = folder + entry
                let path = "\(directory)/\(name)"
                guard entry.utf8.allSatisfy({ $0.isUnreserved }) else {
                    throw AssetError("\(path): the name of a static file is of letters, digits and -._~")
                }
                var status = stat()
                guard lstat(path, &status) == 0 else { throw failure(path, errno) }
                switch status.st_mode & S_IFMT {
                case S_IFDIR: folders.append(name + "/")
                case S_IFREG:
                    let modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
                    files.append(AssetFile(name: name, size: status.st_size, modified: modified))
                default: throw AssetError("\(path): a static file is neither a link nor a device")
                }
            }
        }
        return files.sorted { $0.name < $1.name }
    }

    func read(from directory: String) throws(AssetError) -> [UInt8] {
        let path = "\(directory)/\(name)"
        let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw Self.failure(path, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            let code = errno
            if count == 0 { return bytes }
            if count < 0 && code == EINTR { continue }
            guard count > 0 else { throw Self.failure(path, code) }
            bytes.append(contentsOf: piece[..<count])
        }
    }

    private static func entries(of directory: String) throws(AssetError) -> [String] {
        guard let stream = opendir(directory) else { throw failure(directory, errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) {
                    String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
                })
        }
        return names
    }

    private static func failure(_ path: String, _ code: Int32) -> AssetError {
        AssetError("\(path): the static files cannot be read: \(String(cString: strerror(code)))")
    }
}
