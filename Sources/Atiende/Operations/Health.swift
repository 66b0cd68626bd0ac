// Two questions of whoever keeps the server running: is the process alive, and can it do its work?

internal import HTTP

enum Health {
    static func show(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        Response.text(.ok, "ok\n").adding("Cache-Control", "no-store")
    }

    /// Ready means that a commit reached the disk just now.
    static func ready(_ visit: Visit, _ request: Request) throws(Refusal) -> Response {
        do throws(Refusal) {
            try visit.site.readiness.prove()
            return Response.text(.ok, "ready\n").adding("Cache-Control", "no-store")
        } catch {
            return Response.text(.serviceUnavailable, "not ready\n").adding("Retry-After", "5")
                .adding("Cache-Control", "no-store")
        }
    }
}
