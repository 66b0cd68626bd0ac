// The fields with which every response goes out, whatever it is. A handler that serves somebody's attachment replaces
// the policy by a stricter one.

enum SecurityFields {
    static let common: [(name: StaticString, value: String)] = [
        (
            "Content-Security-Policy",
            """
            default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
            form-action 'self'; base-uri 'none'; frame-ancestors 'none'
            """
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]

    /// A year without plain HTTP, for a site that a visitor reached by TLS.
    static let overTLS: [(name: StaticString, value: String)] = [
        ("Strict-Transport-Security", "max-age=31536000")
    ]
}
