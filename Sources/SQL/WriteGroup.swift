// The writes that share a transaction.

struct WriteGroup {
    let connection: Connection
    let counters: Counters

    /// Runs the jobs in order and commits them. One verdict for each job that is done with: fewer than jobs when the
    /// transaction was lost on the way, and then the rest has not been run yet.
    func run(_ jobs: ArraySlice<Writer.Job>) -> [(any Error)?] {
        do {
            try connection.beginTransaction("BEGIN IMMEDIATE")
            connection.sharesTransaction = true
        } catch {
            return Array(repeating: error, count: jobs.count)
        }
        var verdicts: [(any Error)?] = []
        for job in jobs {
            verdicts.append(verdict(of: job, isAlone: jobs.count == 1))
            if let lost = connection.lostTransaction {
                // SQLite took back everything (a full disk, a failed write): nothing of those before is kept either.
                connection.rollback()
                return verdicts.map { $0 ?? lost }
            }
        }
        guard verdicts.contains(where: { $0 == nil }) else {
            connection.rollback()
            return verdicts
        }
        let start = Counters.now
        do {
            try connection.finishWork()
            try connection.commit()
            counters.countCommit(since: start, size: jobs.count)
            return verdicts
        } catch {
            connection.rollback()
            return verdicts.map { $0 ?? error }
        }
    }

    /// Nil when the job's changes stand. A job that is alone needs no savepoint: the transaction is its own.
    private func verdict(of job: Writer.Job, isAlone: Bool) -> (any Error)? {
        do {
            if isAlone {
                try run(job)
            } else {
                try connection.savepoint { try run(job) }
            }
            return nil
        } catch {
            return error
        }
    }

    private func run(_ job: Writer.Job) throws {
        try job.run(connection)
        try connection.requireSettledForeignKeys()
    }
}
