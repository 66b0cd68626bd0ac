// Which failures mean that what the disk holds is no longer known.

internal import Glibc

extension SQLError {
    /// True when a write or a sync failed in a way that must not be tried again as if nothing had happened: Linux may
    /// drop the dirty pages of a failed `fsync`, and the next one then reports success over lost data.
    ///
    /// Not among them: a full disk and a read-only one, where the system refused before anything was lost; failed
    /// reads, which say nothing about what was written; shortage of memory; and the shared-memory file of the WAL,
    /// which holds no data.
    var isFatal: Bool {
        guard code.primary == .ioError else { return false }
        switch code {
        case .ioErrorRead, .ioErrorShortRead, .ioErrorData, .ioErrorCorruptFileSystem, .ioErrorOutOfMemory,
            .ioErrorSharedMemoryOpen, .ioErrorSharedMemorySize, .ioErrorSharedMemoryMap:
            return false
        case .ioErrorWrite, .ioErrorTruncate:
            // SQLite makes SQLITE_FULL of ENOSPC alone; a quota and a file system turned read-only come as these.
            return ![ENOSPC, EDQUOT, EROFS].contains(systemError)
        default:
            return true
        }
    }

    /// True when the connection that heard it may hold bad pages in its cache, and is better closed.
    var isSuspect: Bool {
        [.corrupt, .ioError, .notADatabase, .outOfMemory, .misuse].contains(code.primary)
    }
}
