// Another process, by its own id: started, watched, ended.

import Glibc

final class Child: Sendable {
    let id: pid_t

    /// Starts a program with its output where ours goes, or nowhere.
    init?(_ words: [String], silent: Bool = true) {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if silent {
            posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        var id = pid_t()
        guard posix_spawnp(&id, words[0], &actions, nil, &arguments, environ) == 0 else { return nil }
        self.id = id
    }

    func send(_ signal: Int32) { kill(id, signal) }

    /// Waits for the end; the status as `waitpid` gives it.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        return status
    }

    @discardableResult
    func stop() -> Int32 {
        send(SIGTERM)
        return wait()
    }

    /// Resident memory in kilobytes.
    var residentKilobytes: Int { status("VmRSS:") }

    private func status(_ name: String) -> Int {
        let line = readText("/proc/\(id)/status").split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { Int($0.split(whereSeparator: { $0 == " " || $0 == "\t" })[1]) } ?? 0
    }

    /// Time on processors so far, of all its threads.
    var processorSeconds: Double {
        // The name in brackets may hold anything; what follows are fields 3 and on, user and system time 14 and 15.
        let fields = readText("/proc/\(id)/stat").split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    var descriptors: Int {
        guard let folder = opendir("/proc/\(id)/fd") else { return 0 }
        defer { closedir(folder) }
        var count = -2
        while readdir(folder) != nil { count += 1 }
        return count
    }
}

/// What a program prints.
func output(of words: [String]) -> String {
    let line = words.map { "'" + $0 + "'" }.joined(separator: " ")
    guard let pipe = popen(line + " 2>&1", "r") else { return "" }
    defer { pclose(pipe) }
    var words = ""
    var buffer = [CChar](repeating: 0, count: 4096)
    while fgets(&buffer, Int32(buffer.count), pipe) != nil { words += text(of: buffer) }
    return words
}

func readText(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var words = ""
    var buffer = [CChar](repeating: 0, count: 4096)
    while fgets(&buffer, Int32(buffer.count), file) != nil { words += text(of: buffer) }
    return words
}

/// Seconds of a clock that only moves on.
func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func makeTemporaryFolder() -> String {
    var template = Array("/tmp/atiende-bench-XXXXXX".utf8CString)
    return mkdtemp(&template) == nil ? "/tmp" : text(of: template)
}

func removeFolder(_ path: String) {
    guard path.hasPrefix("/tmp/atiende-bench-") else { return }
    Child(["rm", "-rf", path])?.wait()
}

private func text(of buffer: [CChar]) -> String {
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Prints a line at once, also into a pipe.
func say(_ line: String) {
    print(line)
    fflush(nil)
}
