// Forms whose passwords are hashed before their work is filed: on the queue that is there for it, so that neither the
// loop nor the database's writer waits for a hash.

internal import HTTP

extension Visit {
    /// Prepares a submission where passwords are hashed, then does its work like that of any other form.
    func hashing(
        _ request: Request, _ prepare: @escaping @Sendable () throws(Refusal) -> Submission
    ) throws(Refusal) -> Submission {
        let desk = try tenantDesk()
        try site.hashing.checkRoom()
        return .answer(
            .later { answer in
                site.hashing.run {
                    do throws(Refusal) {
                        switch try prepare() {
                        case .answer(let response): answer(response)
                        case .file(let filing): file(filing, with: desk, request, answer)
                        }
                    } catch { answer(failed(error)) }
                }
            })
    }

    /// The answer of what hashes passwords and files nothing by itself.
    func hashed(_ work: @escaping @Sendable () throws(Refusal) -> Response) throws(Refusal) -> Response {
        try site.hashing.checkRoom()
        return .later { answer in
            site.hashing.run {
                do throws(Refusal) { answer(try work()) } catch { answer(failed(error)) }
            }
        }
    }

    private func file(
        _ filing: Filing, with desk: Desk, _ request: Request, _ answer: @escaping @Sendable (Response) -> Void
    ) {
        desk.submit(filing.key, at: now, filing.work) { result in
            switch result {
            case .success(let location):
                site.postman.nudge(desk.tenant.slug)
                answer(Response.seeOther(location).saying(filing.said, self, request))
            case .failure(let refusal):
                answer(refusal.faults.flatMap(filing.otherwise) ?? failed(refusal))
            }
        }
    }

    /// The page of a refusal that came after the gate; an operator hears of those that are faults.
    func failed(_ refusal: Refusal) -> Response {
        if refusal.isFault {
            site.installation.log.write(
                .error, "refused",
                [
                    ("tenant", desk?.tenant.slug.rawValue ?? "-"), ("id", hexadecimal(requestNumber)),
                    ("why", refusal.why),
                ])
        }
        return ErrorPage.response(to: refusal, self)
    }
}
