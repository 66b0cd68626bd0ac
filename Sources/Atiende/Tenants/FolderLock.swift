// An exclusive hold on a folder, which the kernel ends with the process, however it dies.

internal import Glibc
public import HTTP

public final class FolderLock: Sendable {
    private let descriptor: Int32

    /// Nil when another process holds it.
    public init?(path: String) throws(SystemError) {
        let opened = Folder.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw SystemError("open \(path)", errno) }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(opened)
            if code == EWOULDBLOCK { return nil }
            throw SystemError("flock \(path)", code)
        }
        // Last: failing after it would run deinit, which closes once more what may be another's file by then.
        descriptor = opened
    }

    /// Lets the folder go before the lock itself goes.
    func release() { flock(descriptor, LOCK_UN) }

    deinit { close(descriptor) }
}
