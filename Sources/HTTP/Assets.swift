// The static files of `Public`: read, compressed and described once at start, then found by their URL in a dictionary.
// A path that is not in it does not exist, whatever it says; no request reaches the file system.

import Synchronization

public final class Assets: Sendable {
    /// Where all URLs of static files begin.
    public static let prefix = "/assets/"

    private let fixed: AssetCatalogue
    private let rereading: Rereading?

    /// Reads the directory. Fails where it or a file in it cannot be read, and where a stylesheet or a module refers to
    /// a file that is not there.
    public init(directory: String) throws(AssetError) {
        fixed = try AssetCatalogue(directory: directory)
        rereading = nil
    }

    /// For development: looks at the directory on each use and reads it again once it has changed. What fails then is
    /// reported, and the last good state stays.
    public init(rereading directory: String, report: @escaping @Sendable (AssetError) -> Void) throws(AssetError) {
        fixed = try AssetCatalogue(directory: directory)
        rereading = try Rereading(directory: directory, catalogue: fixed, report: report)
    }

    /// The URL that holds the file's fingerprint and may be kept for a year; nil where there is no such file. Names are
    /// paths below the directory: `atiende.css`, `icons/logo.svg`.
    public func url(for name: String) -> String? { catalogue.urls[name] }

    /// The file that the request's path names, with or without its fingerprint.
    public func asset(for request: Request) -> Asset? {
        guard request.head[request.path].starts(with: Self.prefix.utf8) else { return nil }
        return catalogue.assets[request.pathText]
    }

    /// The file as it is served at its URL without a fingerprint: for fixed places such as `/favicon.ico`.
    public func asset(named name: String) -> Asset? { catalogue.assets[Self.prefix + name] }

    private var catalogue: AssetCatalogue { rereading?.current() ?? fixed }
}

/// Why the static files cannot be served as they are; for whoever starts the server.
public struct AssetError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

private final class Rereading: Sendable {
    private struct State {
        var catalogue: AssetCatalogue
        var files: [AssetFile]
    }

    private let directory: String
    private let report: @Sendable (AssetError) -> Void
    private let state: Mutex<State>

    init(
        directory: String, catalogue: AssetCatalogue, report: @escaping @Sendable (AssetError) -> Void
    ) throws(AssetError) {
        self.directory = directory
        self.report = report
        state = Mutex(State(catalogue: catalogue, files: try AssetFile.all(in: directory)))
    }

    func current() -> AssetCatalogue {
        let (catalogue, error) = state.withLock { state -> (AssetCatalogue, AssetError?) in
            do throws(AssetError) {
                let files = try AssetFile.all(in: directory)
                if files != state.files {
                    // First, so that a fault is reported once and not on each use.
                    state.files = files
                    state.catalogue = try AssetCatalogue(directory: directory)
                }
                return (state.catalogue, nil)
            } catch {
                return (state.catalogue, error)
            }
        }
        if let error { report(error) }
        return catalogue
    }
}
