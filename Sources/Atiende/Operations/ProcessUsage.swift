// What the process uses of the machine, as the kernel counts it.

internal import Glibc

struct ProcessUsage {
    let residentBytes: Int
    let descriptors: Int
    let descriptorLimit: Int
    let processorMicroseconds: Int
    /// Seconds since 1970.
    let startedAt: Int

    /// When this was first asked for, which the server does as it starts.
    static let start: Int = {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return time.tv_sec
    }()

    static var now: ProcessUsage {
        var usage = rusage()
        getrusage(RUSAGE_SELF.rawValue, &usage)
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        let microseconds = Int(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return ProcessUsage(
            residentBytes: residentPages * Int(sysconf(Int32(_SC_PAGESIZE))),
            // The list holds the descriptor with which it is read.
            descriptors: max(0, ((try? Folder.names("/proc/self/fd").count) ?? 1) - 1),
            descriptorLimit: Int(clamping: limit.rlim_cur),
            processorMicroseconds: seconds * 1_000_000 + microseconds,
            startedAt: start)
    }

    /// The second number of `statm`.
    private static var residentPages: Int {
        let text = Folder.read("/proc/self/statm", atMost: 256) ?? []
        let numbers = text.split(separator: 0x20)
        return numbers.count > 1 ? Int(String(decoding: numbers[1], as: UTF8.self)) ?? 0 : 0
    }
}
