// A disk that fails when told to. It stands between SQLite and the system's own file functions and does harm only to
// files under a directory that has been named, so that tests beside it notice nothing.

import CSQLite
import Glibc

enum FaultyDisk {
    enum Call: Sendable {
        case write
        case synchronize
    }

    private struct Fault {
        var call: Call
        var directory: String
        var code: Int32
    }

    private static let faults = Shared<[Fault]>([])

    /// From now on the call fails with `errno` `code` for every file under `directory`.
    static func fail(_ call: Call, under directory: String, with code: Int32) {
        faults.withLock { $0.append(Fault(call: call, directory: directory, code: code)) }
    }

    static func heal(_ directory: String) {
        faults.withLock { $0.removeAll { $0.directory == directory } }
    }

    /// Has SQLite open every file through this disk from now on.
    static let isInstalled: Bool = {
        guard let system = sqlite3_vfs_find(nil) else { return false }
        // Never freed: SQLite keeps it until the process ends.
        let disk = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        disk.initialize(to: system.pointee)
        disk.pointee.zName = UnsafePointer(strdup("faulty"))
        disk.pointee.pAppData = UnsafeMutableRawPointer(system)
        disk.pointee.xOpen = { disk, path, file, flags, outFlags in
            guard let disk, let file else { return SQLITE_MISUSE }
            let system = disk.pointee.pAppData.assumingMemoryBound(to: sqlite3_vfs.self)
            let result = system.pointee.xOpen(system, path, file, flags, outFlags)
            if result == SQLITE_OK, let path { FaultyFiles.adopt(file, String(cString: path)) }
            return result
        }
        return sqlite3_vfs_register(disk, 1) == SQLITE_OK
    }()

    static func code(for call: Call, on path: String) -> Int32? {
        faults.withLock { faults in
            faults.first { $0.call == call && path.hasPrefix($0.directory + "/") }?.code
        }
    }
}

/// The open files: their paths, and the system's functions that were in the place of ours.
private enum FaultyFiles {
    // unchecked: tables of functions that never change.
    private struct Functions: @unchecked Sendable {
        let ours: UnsafePointer<sqlite3_io_methods>
        let system: UnsafePointer<sqlite3_io_methods>
    }

    private static let paths = Shared<[UInt: String]>([:])
    private static let functions = Shared<[Functions]>([])

    static func adopt(_ file: UnsafeMutablePointer<sqlite3_file>, _ path: String) {
        guard let system = file.pointee.pMethods else { return }
        let address = UInt(bitPattern: system)
        paths.withLock { $0[UInt(bitPattern: file)] = path }
        let known = functions.withLock { known in known.first { UInt(bitPattern: $0.system) == address } }
        if let known {
            file.pointee.pMethods = known.ours
            return
        }
        let ours = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        ours.initialize(to: system.pointee)
        ours.pointee.xWrite = { file, bytes, count, offset in
            guard let file, let system = FaultyFiles.system(file) else { return SQLITE_MISUSE }
            return FaultyFiles.failure(.write, file) ?? system.xWrite(file, bytes, count, offset)
        }
        ours.pointee.xSync = { file, flags in
            guard let file, let system = FaultyFiles.system(file) else { return SQLITE_MISUSE }
            return FaultyFiles.failure(.synchronize, file) ?? system.xSync(file, flags)
        }
        let added = Functions(ours: ours, system: system)
        functions.withLock { $0.append(added) }
        file.pointee.pMethods = added.ours
    }

    static func system(_ file: UnsafeMutablePointer<sqlite3_file>) -> sqlite3_io_methods? {
        let ours = UInt(bitPattern: file.pointee.pMethods)
        return functions.withLock { known in known.first { UInt(bitPattern: $0.ours) == ours } }?.system.pointee
    }

    /// What SQLite's own functions answer when the system call fails so.
    static func failure(_ call: FaultyDisk.Call, _ file: UnsafeMutablePointer<sqlite3_file>) -> Int32? {
        guard let path = paths.withLock({ $0[UInt(bitPattern: file)] }),
            let code = FaultyDisk.code(for: call, on: path)
        else { return nil }
        errno = code
        if call == .synchronize { return SQLITE_IOERR | 4 << 8 }
        return code == ENOSPC ? SQLITE_FULL : SQLITE_IOERR | 3 << 8
    }
}
