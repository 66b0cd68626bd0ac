// Which representation of a response this request gets: the whole or a part, compressed or not, or only the word that
// the client's copy is still good.

struct Selection: Sendable {
    private(set) var status: Status
    /// The lines of the fields that describe the representation, each with its CRLF.
    private(set) var lines: [UInt8] = []
    /// The value of Content-Length; nil where the length is not known beforehand or must not be said.
    private(set) var length: Int?
    private(set) var payload = Outgoing.Payload.none
    private(set) var source = Outgoing.Source.none
    /// Whether `lines` hold a Cache-Control, which then stands instead of a common one.
    private(set) var saysCacheControl = false
    /// Whether a handler's own entity tag is true only of the content before it was compressed (RFC 9110 §8.8.3.3).
    private(set) var weakensTag = false

    /// Dynamic content below this many bytes is not worth compressing.
    private static let compressionThreshold = 1024

    /// Compresses, which takes a while for much content.
    init(_ response: Response, for request: Request?, _ compressor: GzipCompressor) {
        status = response.status
        switch response.body {
        case _ where status == .noContent: break
        case .empty:
            length = status == .notModified ? nil : 0
        case .bytes(let bytes, let type):
            select(bytes, type, response, request, compressor)
        case .asset(let asset):
            select(asset, response, request)
        case .file(let file):
            select(file, response, request)
        case .stream(let stream):
            lines.append(field: "Content-Type", stream.type)
            source = .stream(stream)
        case .later:
            // What a promise was answered with is another promise: nothing to show.
            status = .internalServerError
            length = 0
        case .events(let stream):
            lines.append(field: "Content-Type", "text/event-stream")
            say("Cache-Control", "no-store", response)
            saysCacheControl = true
            source = .events(stream)
        }
    }

    /// A handler's own field of the same name wins.
    private mutating func say(_ name: StaticString, _ value: String, _ response: Response) {
        if !response.has(name) { lines.append(field: name, value) }
    }

    private mutating func set(bytes: [UInt8]) {
        length = bytes.count
        payload = .bytes(bytes)
    }

    private mutating func becomeNotModified() {
        status = .notModified
        length = nil
    }

    private mutating func becomePreconditionFailed() {
        status = .preconditionFailed
        lines.append(field: "Content-Type", "text/plain; charset=utf-8")
        set(bytes: Array("The resource is not in the state that the request names.\n".utf8))
    }

    private mutating func becomeUnsatisfiable(_ range: ByteRange, size: Int) {
        status = .rangeNotSatisfiable
        lines.append(field: "Content-Range", range.contentRange(size: size) ?? "")
        length = 0
    }

    // MARK: Content made by a handler

    private mutating func select(
        _ bytes: [UInt8], _ type: StaticString, _ response: Response, _ request: Request?, _ compressor: GzipCompressor
    ) {
        let isCompressible = bytes.count >= Self.compressionThreshold && type.isText
        if isCompressible { lines.append(field: "Vary", "Accept-Encoding") }
        if response.status == .ok, let etag = response.value("ETag"), let request {
            switch request.precondition(Validators(etag: etag, lastModified: nil)) {
            case .proceed: break
            case .notModified: return becomeNotModified()
            case .preconditionFailed: return becomePreconditionFailed()
            }
        }
        lines.append(field: "Content-Type", type)
        set(bytes: bytes)
        guard isCompressible, !response.has("Content-Encoding"), request?.acceptsGzip == true,
            let smaller = compressor.compress(bytes), smaller.count < bytes.count
        else { return }
        lines.append(field: "Content-Encoding", "gzip")
        weakensTag = true
        set(bytes: smaller)
    }

    // MARK: Static files

    private mutating func select(_ asset: Asset, _ response: Response, _ request: Request?) {
        let validators = Validators(etag: asset.etag, lastModified: asset.lastModified)
        switch request?.precondition(validators) {
        case .notModified:
            describe(asset, response)
            return becomeNotModified()
        case .preconditionFailed:
            return becomePreconditionFailed()
        case .proceed, nil: break
        }
        let range = request?.byteRange(validators, size: asset.bytes.count) ?? .whole
        switch range {
        case .part(let part):
            status = .partialContent
            describe(asset, response)
            lines.append(field: "Content-Type", asset.type)
            lines.append(field: "Content-Range", range.contentRange(size: asset.bytes.count) ?? "")
            set(bytes: Array(asset.bytes[part]))
        case .unsatisfiable:
            becomeUnsatisfiable(range, size: asset.bytes.count)
        case .whole:
            let gzip = request?.acceptsGzip == true ? asset.gzip : nil
            if response.fields.isEmpty {
                saysCacheControl = true
                lines = gzip == nil ? asset.lines : asset.gzipLines
            } else {
                describe(asset, response)
                lines.append(field: "Content-Type", asset.type)
                if gzip != nil { lines.append(field: "Content-Encoding", "gzip") }
            }
            set(bytes: gzip ?? asset.bytes)
        }
    }

    private mutating func describe(_ asset: Asset, _ response: Response) {
        for (name, value) in asset.fields { say(name, value, response) }
        saysCacheControl = true
        lines.append(field: "Accept-Ranges", "bytes")
        if asset.gzip != nil { lines.append(field: "Vary", "Accept-Encoding") }
    }

    // MARK: Files on disk

    private mutating func select(_ file: FileBody, _ response: Response, _ request: Request?) {
        say("ETag", file.etag, response)
        say("Last-Modified", HTTPDate.text(file.lastModified), response)
        lines.append(field: "Accept-Ranges", "bytes")
        let validators = Validators(etag: file.etag, lastModified: file.lastModified)
        switch request?.precondition(validators) {
        case .notModified: return becomeNotModified()
        case .preconditionFailed: return becomePreconditionFailed()
        case .proceed, nil: break
        }
        let range = request?.byteRange(validators, size: file.size) ?? .whole
        switch range {
        case .part(let part):
            status = .partialContent
            lines.append(field: "Content-Type", file.type)
            lines.append(field: "Content-Range", range.contentRange(size: file.size) ?? "")
            length = part.count
            payload = .file(file, part)
        case .unsatisfiable:
            becomeUnsatisfiable(range, size: file.size)
        case .whole:
            lines.append(field: "Content-Type", file.type)
            length = file.size
            payload = .file(file, 0..<file.size)
        }
    }
}

extension StaticString {
    /// Whether content of this media type is worth compressing.
    fileprivate var isText: Bool {
        withUTF8Buffer { bytes in
            bytes.starts(with: "text/".utf8) || bytes.starts(with: "application/json".utf8)
                || bytes.starts(with: "image/svg".utf8) || bytes.starts(with: "application/xml".utf8)
                || bytes.starts(with: "application/atom".utf8)
        }
    }
}
