// Media types of static files by the ends of their names.

enum MediaType {
    static func of(fileName: String) -> StaticString {
        switch fileName.split(separator: ".", omittingEmptySubsequences: false).last {
        case "css": "text/css; charset=utf-8"
        case "html": "text/html; charset=utf-8"
        case "ico": "image/x-icon"
        case "jpg", "jpeg": "image/jpeg"
        case "js": "text/javascript; charset=utf-8"
        case "json": "application/json"
        case "png": "image/png"
        case "svg": "image/svg+xml"
        case "txt": "text/plain; charset=utf-8"
        case "webmanifest": "application/manifest+json"
        case "webp": "image/webp"
        case "woff2": "font/woff2"
        default: "application/octet-stream"
        }
    }

    /// Whether files with that ending are worth compressing: the others are compressed already, or unknown.
    static func isText(fileName: String) -> Bool {
        switch fileName.split(separator: ".", omittingEmptySubsequences: false).last {
        case "css", "html", "ico", "js", "json", "svg", "txt", "webmanifest": true
        default: false
        }
    }
}
