// A file on disk that goes with its last owner.

import Glibc

public final class TemporaryFile: Sendable {
    public let path: String

    /// Takes over an existing file.
    public init(path: String) { self.path = path }

    /// The file is removed here; one that was renamed away is no longer at its path, and that is not a fault.
    deinit { unlink(path) }
}
