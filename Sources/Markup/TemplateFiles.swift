// The directory of templates on disk: its files, and whether any of them changed.

internal import Glibc

/// What tells one state of a file from another without reading it.
struct FileStamp: Equatable, Sendable {
    let path: String
    let size: Int
    let seconds: Int
    let nanoseconds: Int
}

enum TemplateFiles {
    /// A larger file is not a template; nothing is read without a bound.
    private static let largestFile = 1 << 20
    private static let mostFiles = 10_000
    private static let deepestFolder = 8

    /// Every template and file of words under a directory, in the order of their paths. Hidden files do not count.
    static func stamps(in directory: String) throws(TemplateFaults) -> [FileStamp] {
        var found: [FileStamp] = []
        try walk(directory, "", depth: 0, into: &found)
        return found.sorted { $0.path < $1.path }
    }

    static func read(_ stamps: [FileStamp], in directory: String) -> (files: [String: [UInt8]], faults: [Fault]) {
        var files: [String: [UInt8]] = [:]
        var faults: [Fault] = []
        for stamp in stamps {
            if let bytes = bytes(of: "\(directory)/\(stamp.path)") {
                files[stamp.path] = bytes
            } else {
                let message = "cannot be read, or is larger than \(largestFile) bytes"
                faults.append(Fault(file: stamp.path, line: 0, message: message))
            }
        }
        return (files, faults)
    }

    private static func walk(
        _ directory: String, _ prefix: String, depth: Int, into found: inout [FileStamp]
    ) throws(TemplateFaults) {
        guard let stream = opendir(directory) else {
            let reason = String(cString: strerror(errno))
            throw TemplateFaults([Fault(file: directory, line: 0, message: "cannot be read: \(reason)")])
        }
        defer { closedir(stream) }
        while found.count < mostFiles, let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String($0.prefix { $0 != 0 }) }
            if name.hasPrefix(".") { continue }
            var status = stat()
            guard stat("\(directory)/\(name)", &status) == 0 else { continue }
            let path = prefix + name
            if status.st_mode & S_IFMT == S_IFDIR {
                if depth < deepestFolder {
                    try walk("\(directory)/\(name)", path + "/", depth: depth + 1, into: &found)
                }
            } else if path.hasSuffix(".html") || path.hasPrefix("words/") && path.hasSuffix(".txt") {
                let time = status.st_mtim
                found.append(
                    FileStamp(path: path, size: Int(status.st_size), seconds: time.tv_sec, nanoseconds: time.tv_nsec))
            }
        }
    }

    private static func bytes(of path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        while bytes.count <= largestFile {
            var failed = false
            let chunk = [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
                var got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
                while got < 0, errno == EINTR { got = Glibc.read(descriptor, buffer.baseAddress, buffer.count) }
                failed = got < 0
                count = max(0, got)
            }
            if failed { return nil }
            if chunk.isEmpty { return bytes }
            bytes += chunk
        }
        return nil
    }
}
