// Turns files into assets. Each is reachable at two URLs: with the fingerprint of its content, which may be kept for a
// year, and without, which is asked for anew each time. References from stylesheets and modules to other files are
// rewritten to the fingerprinted names, so a change of one file changes the names of all that lead to it.

import Glibc

struct AssetCatalogue: Sendable {
    /// By URL path.
    private(set) var assets: [String: Asset] = [:]
    /// The fingerprinted URL path by name.
    private(set) var urls: [String: String] = [:]

    init(directory: String) throws(AssetError) {
        var loader = AssetLoader(directory: directory, files: try AssetFile.all(in: directory))
        for name in loader.files.keys {
            try loader.load(name)
        }
        for (name, loaded) in loader.loaded {
            let path = Assets.prefix + loaded.fingerprintedName
            urls[name] = path
            assets[path] = loaded.asset("public, max-age=31536000, immutable")
            assets[Assets.prefix + name] = loaded.asset("no-cache")
        }
    }
}

/// A file with its references resolved.
private struct LoadedAsset {
    let fingerprintedName: String
    let type: StaticString
    let bytes: [UInt8]
    let gzip: [UInt8]?
    let etag: String
    let lastModified: Int

    func asset(_ cacheControl: StaticString) -> Asset {
        Asset(
            type: type, bytes: bytes, gzip: gzip, etag: etag, lastModified: lastModified, cacheControl: cacheControl)
    }
}

private struct AssetLoader {
    let directory: String
    let files: [String: AssetFile]
    private(set) var loaded: [String: LoadedAsset] = [:]
    /// The files whose references are being resolved, each referred to by the one before.
    private var chain: [String] = []
    private let compressor = GzipCompressor(level: .smallest)
    private let now = time(nil)

    init(directory: String, files: [AssetFile]) {
        self.directory = directory
        self.files = Dictionary(uniqueKeysWithValues: files.map { ($0.name, $0) })
    }

    /// Loads the file and before it all that it refers to, whose fingerprints go into its content.
    mutating func load(_ name: String) throws(AssetError) {
        guard loaded[name] == nil, let file = files[name] else { return }
        chain.append(name)
        defer { chain.removeLast() }
        let bytes = try rewritten(try file.read(from: directory), of: name)
        guard let digest = SHA256.digest(bytes) else { throw AssetError("\(directory)/\(name): no memory") }
        let hash = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var gzip = MediaType.isText(fileName: name) ? compressor.compress(bytes) : nil
        if let size = gzip?.count, size >= bytes.count { gzip = nil }
        loaded[name] = LoadedAsset(
            fingerprintedName: Self.fingerprinted(name, hash.prefix(8)),
            type: MediaType.of(fileName: name),
            bytes: bytes,
            gzip: gzip,
            // Two encodings under one tag are only weakly the same (RFC 9110 §8.8.3.3).
            etag: "\(gzip == nil ? "" : "W/")\"\(hash.prefix(32))\"",
            // RFC 9110 §8.8.2.1: no date in the future.
            lastModified: min(file.modified / 1_000_000_000, now))
    }

    /// The content with its references led to fingerprinted names.
    private mutating func rewritten(_ bytes: [UInt8], of name: String) throws(AssetError) -> [UInt8] {
        let references =
            if name.hasSuffix(".css") {
                AssetReferences.inStylesheet(bytes)
            } else if name.hasSuffix(".js") {
                AssetReferences.inModule(bytes)
            } else {
                [Range<Int>]()
            }
        var result: [UInt8] = []
        var copied = 0
        for reference in references {
            let text = String(decoding: bytes[reference], as: UTF8.self)
            let place = "\(directory)/\(name):\(bytes[..<reference.lowerBound].count { $0 == .lf } + 1)"
            guard let target = Self.resolve(text, from: name), files[target] != nil else {
                throw AssetError("\(place): there is no file \(text)")
            }
            if let start = chain.firstIndex(of: target) {
                let circle = (chain[start...] + [target]).joined(separator: " → ")
                throw AssetError("\(place): files cannot refer to each other in a circle: \(circle)")
            }
            try load(target)
            guard let fingerprinted = loaded[target]?.fingerprintedName else { continue }
            // The folders stay as they are written; only the file's own name changes.
            let folders = text.utf8.lastIndex(of: .slash).map { text[...$0] } ?? ""
            let fileName = fingerprinted.split(separator: "/").last ?? ""
            result += bytes[copied..<reference.lowerBound] + Array(folders.utf8) + Array(fileName.utf8)
            copied = reference.upperBound
        }
        return copied == 0 ? bytes : result + bytes[copied...]
    }

    /// The name of the file that a reference in another means; nil where it leads out of the directory.
    private static func resolve(_ reference: String, from name: String) -> String? {
        var path: [Substring] = []
        var steps = reference[...]
        if reference.hasPrefix(Assets.prefix) {
            steps = reference.dropFirst(Assets.prefix.count)
        } else {
            path = name.split(separator: "/").dropLast()
        }
        for step in steps.split(separator: "/") where step != "." {
            if step != ".." {
                path.append(step)
            } else if path.popLast() == nil {
                return nil
            }
        }
        return path.joined(separator: "/")
    }

    /// `atiende.css` → `atiende.3f9c2a1b.css`.
    private static func fingerprinted(_ name: String, _ fingerprint: Substring) -> String {
        let folders = name.lastIndex(of: "/").map { name[...$0] } ?? ""
        let file = name.dropFirst(folders.count)
        guard let point = file.lastIndex(of: ".") else { return "\(name).\(fingerprint)" }
        return "\(folders)\(file[..<point]).\(fingerprint)\(file[point...])"
    }
}
