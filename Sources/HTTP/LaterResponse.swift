// A response that is not there yet: it comes once a commit that many share is on the disk. No thread waits for it.

public struct LaterResponse: Sendable {
    /// Called once, where the handler ran. It must call back exactly once, from any queue, and soon.
    let start: @Sendable (@escaping @Sendable (Response) -> Void) -> Void
}

extension Response {
    /// The response that `start` calls back with. Fields and labels given to this one are added to that one.
    public static func later(
        _ start: @escaping @Sendable (_ answer: @escaping @Sendable (Response) -> Void) -> Void
    ) -> Response {
        Response(.ok, body: .later(LaterResponse(start: start)))
    }

    /// This response in the place of the one that promised it.
    func fulfilling(_ promise: Response) -> Response {
        var response = self
        for (name, value) in promise.fields { response.add(name, value) }
        response.route = promise.route
        response.tenant = promise.tenant ?? tenant
        if promise.closes { response.closes = true }
        return response
    }
}
