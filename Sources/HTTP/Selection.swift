// Which representation of a response this request gets: the whole or a part, compressed or not, or only the word that
// the client's copy is still good.

struct Selection {
    var status: Status
    var type: String?
    /// The value of Content-Length; nil where the length is not known beforehand or must not be said.
    var length: Int?
    var fields: [(name: StaticString, value: String)] = []
    var payload: Outgoing.Payload = .none
    var source: Outgoing.Source = .none

    /// Dynamic content below this many bytes is not worth compressing.
    private static let compressionThreshold = 1024

    init(_ response: Response, for request: Request?, _ compressor: GzipCompressor) {
        status = response.status
        switch response.body {
        case .empty:
            length = status == .noContent || status == .notModified ? nil : 0
        case .bytes(let bytes, let type):
            self.type = "\(type)"
            select(bytes, type, response, request, compressor)
        case .asset(let asset):
            select(asset, request)
        case .file(let file):
            select(file, request)
        case .stream(let stream):
            type = "\(stream.type)"
            source = .stream(stream)
        case .events(let stream):
            type = "text/event-stream"
            fields.append(("Cache-Control", "no-store"))
            source = .events(stream)
        }
    }

    private mutating func set(bytes: [UInt8]) {
        length = bytes.count
        payload = .bytes(bytes, next: 0)
    }

    private mutating func becomeNotModified() {
        status = .notModified
        type = nil
        length = nil
        payload = .none
    }

    private mutating func becomePreconditionFailed() {
        status = .preconditionFailed
        type = "text/plain; charset=utf-8"
        set(bytes: Array("The resource is not in the state that the request names.\n".utf8))
    }

    // MARK: Content made by a handler

    private mutating func select(
        _ bytes: [UInt8], _ type: StaticString, _ response: Response, _ request: Request?, _ compressor: GzipCompressor
    ) {
        if let etag = response.value("ETag"), let request, response.status == .ok {
            switch request.precondition(Validators(etag: etag, lastModified: nil)) {
            case .proceed: break
            case .notModified: return becomeNotModified()
            case .preconditionFailed: return becomePreconditionFailed()
            }
        }
        set(bytes: bytes)
        guard bytes.count >= Self.compressionThreshold, isText(type) else { return }
        fields.append(("Vary", "Accept-Encoding"))
        guard let request, request.acceptsGzip, let smaller = compressor.compress(bytes), smaller.count < bytes.count
        else { return }
        fields.append(("Content-Encoding", "gzip"))
        set(bytes: smaller)
    }

    private func isText(_ type: StaticString) -> Bool {
        type.withUTF8Buffer { bytes in
            bytes.starts(with: "text/".utf8) || bytes.starts(with: "application/json".utf8)
                || bytes.starts(with: "image/svg".utf8) || bytes.starts(with: "application/xml".utf8)
                || bytes.starts(with: "application/atom".utf8)
        }
    }

    // MARK: Static files

    private mutating func select(_ asset: Asset, _ request: Request?) {
        type = "\(asset.type)"
        fields.append(("ETag", asset.etag))
        fields.append(("Last-Modified", HTTPDate.text(asset.lastModified)))
        fields.append(("Cache-Control", "\(asset.cacheControl)"))
        if asset.gzip != nil { fields.append(("Vary", "Accept-Encoding")) }
        fields.append(("Accept-Ranges", "bytes"))
        guard let request else { return set(bytes: asset.bytes) }
        let validators = Validators(etag: asset.etag, lastModified: asset.lastModified)
        switch request.precondition(validators) {
        case .notModified: return becomeNotModified()
        case .preconditionFailed: return becomePreconditionFailed()
        case .proceed: break
        }
        let range = request.byteRange(validators, size: asset.bytes.count)
        switch range {
        case .part(let part):
            status = .partialContent
            fields.append(("Content-Range", range.contentRange(size: asset.bytes.count) ?? ""))
            set(bytes: Array(asset.bytes[part]))
        case .unsatisfiable:
            becomeUnsatisfiable(range, size: asset.bytes.count)
        case .whole:
            guard let gzip = asset.gzip, request.acceptsGzip else { return set(bytes: asset.bytes) }
            // A strong tag names bytes; the same bytes under a coding keep a weak one (RFC 9110 §8.8.3.3).
            fields[0].value = "W/" + asset.etag
            fields.append(("Content-Encoding", "gzip"))
            set(bytes: gzip)
        }
    }

    private mutating func becomeUnsatisfiable(_ range: ByteRange, size: Int) {
        status = .rangeNotSatisfiable
        fields.append(("Content-Range", range.contentRange(size: size) ?? ""))
        type = nil
        length = 0
    }

    // MARK: Files on disk

    private mutating func select(_ file: FileBody, _ request: Request?) {
        type = file.type
        fields.append(("ETag", file.etag))
        fields.append(("Last-Modified", HTTPDate.text(file.lastModified)))
        fields.append(("Accept-Ranges", "bytes"))
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
            fields.append(("Content-Range", range.contentRange(size: file.size) ?? ""))
            length = part.count
            payload = .file(file, next: part.lowerBound, end: part.upperBound)
        case .unsatisfiable:
            becomeUnsatisfiable(range, size: file.size)
        case .whole:
            length = file.size
            payload = file.size == 0 ? .none : .file(file, next: 0, end: file.size)
        }
    }
}

extension Response {
    func value(_ name: StaticString) -> String? {
        fields.first { $0.name.utf8Start == name.utf8Start || "\($0.name)" == "\(name)" }?.value
    }
}
