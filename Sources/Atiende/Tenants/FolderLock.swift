// An exclusive hold on a folder, which the kernel ends with the process, however it dies.

internal import Glibc
public import HTTP

public final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Nil when another process holds it.
    public init?(path: String) throws(SystemError) {
        descriptor = Folder.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemError("open \(path)", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { return nil }
            throw SystemError("flock \(path)", code)
        }
    }

    deinit { close(descriptor) }
}
