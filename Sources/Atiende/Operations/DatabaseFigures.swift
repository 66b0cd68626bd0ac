// What the databases did, added up over the open ones.

internal import SQL

struct DatabaseFigures {
    private var sum = Statistics.none

    mutating func add(_ database: Database) {
        let one = database.statistics
        sum.reads += one.reads
        sum.readNanoseconds += one.readNanoseconds
        sum.readerWaits += one.readerWaits
        sum.writes += one.writes
        sum.failedWrites += one.failedWrites
        sum.writeNanoseconds += one.writeNanoseconds
        sum.commits += one.commits
        sum.committedWrites += one.committedWrites
        sum.commitNanoseconds += one.commitNanoseconds
        sum.checkpoints += one.checkpoints
        sum.checkpointNanoseconds += one.checkpointNanoseconds
        sum.walBytes += one.walBytes
    }

    func write(to text: inout MetricsText) {
        text.single("atiende_database_reads_total", .counter, "Reads.", sum.reads)
        text.begin("atiende_database_read_seconds_total", .counter, "Time spent in reads.")
        text.add("atiende_database_read_seconds_total", seconds: sum.readNanoseconds / 1000, [:])
        text.single("atiende_database_reader_waits_total", .counter, "Reads that waited for a reader.", sum.readerWaits)
        text.single("atiende_database_writes_total", .counter, "Writes.", sum.writes)
        text.single("atiende_database_writes_failed_total", .counter, "Writes that failed.", sum.failedWrites)
        text.begin("atiende_database_write_seconds_total", .counter, "Time from standing in line to the answer.")
        text.add("atiende_database_write_seconds_total", seconds: sum.writeNanoseconds / 1000, [:])
        text.single("atiende_database_commits_total", .counter, "Commits; each may hold many writes.", sum.commits)
        text.single(
            "atiende_database_committed_writes_total", .counter, "Writes that were committed.", sum.committedWrites)
        text.begin("atiende_database_commit_seconds_total", .counter, "Time that the disk took for commits.")
        text.add("atiende_database_commit_seconds_total", seconds: sum.commitNanoseconds / 1000, [:])
        text.single("atiende_database_checkpoints_total", .counter, "Checkpoints.", sum.checkpoints)
        text.single("atiende_database_wal_bytes", .gauge, "Size of the write-ahead logs.", sum.walBytes)
    }
}
