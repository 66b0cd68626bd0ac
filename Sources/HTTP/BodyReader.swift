// Takes a request's body as it comes, by its framing, to where its route wants it.

struct BodyReader {
    private enum Framing {
        case length(left: Int)
        case chunked(ChunkedDecoder)
    }

    private enum Destination {
        case dropped
        case bytes([UInt8])
        case urlencoded([UInt8])
        case multipart(MultipartReader)
    }

    private var framing: Framing
    private var destination: Destination
    private(set) var isComplete = false

    /// Refuses what is too large or of no known kind before a byte of it is read.
    init(_ request: Request, _ rule: BodyRule, _ limits: Limits) throws(RequestError) {
        var maximum: Int
        switch rule {
        case .none:
            maximum = limits.formBody
            destination = .dropped
        case .bytes(let most):
            maximum = most
            destination = .bytes([])
        case .form:
            maximum = limits.formBody
            destination = try Self.form(request, directory: nil, limits)
        case .upload(let directory):
            maximum = limits.uploadBody
            destination = try Self.form(request, directory: directory, limits)
            // Only what goes to disk may be as large as files are.
            if case .urlencoded = destination { maximum = limits.formBody }
        case .uploadWithoutFiles:
            maximum = limits.uploadBody
            destination = try Self.form(request, directory: nil, dropsFiles: true, limits)
            if case .urlencoded = destination { maximum = limits.formBody }
        }
        switch request.framing {
        case .none:
            framing = .length(left: 0)
        case .length(let length):
            guard length <= maximum else { throw Self.tooLarge(maximum) }
            framing = .length(left: length)
        case .chunked:
            framing = .chunked(ChunkedDecoder(limits: limits, maximum: maximum))
        }
    }

    private static func tooLarge(_ maximum: Int) -> RequestError {
        RequestError(.contentTooLarge, "body is larger than \(maximum) bytes")
    }

    private static func form(
        _ request: Request, directory: String?, dropsFiles: Bool = false, _ limits: Limits
    ) throws(RequestError) -> Destination {
        switch try request.formEncoding() {
        case .urlencoded:
            return .urlencoded([])
        case .multipart(let boundary):
            return .multipart(
                MultipartReader(boundary: boundary, directory: directory, dropsFiles: dropsFiles, limits: limits))
        case nil:
            throw RequestError(.unsupportedMediaType, "A form is urlencoded or multipart")
        }
    }

    /// Uses the bytes that belong to the body; returns how many.
    mutating func receive(_ bytes: UnsafeRawBufferPointer) throws(RequestError) -> Int {
        switch framing {
        case .length(let left):
            let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(left))
            try keep(part)
            framing = .length(left: left - part.count)
            isComplete = part.count == left
            return part.count
        case .chunked(var decoder):
            var failure: RequestError?
            let used = try decoder.decode(bytes) { part in
                guard failure == nil else { return }
                do throws(RequestError) { try keep(part) } catch { failure = error }
            }
            if let failure { throw failure }
            isComplete = decoder.isComplete
            framing = .chunked(decoder)
            return used
        }
    }

    private mutating func keep(_ part: UnsafeRawBufferPointer) throws(RequestError) {
        switch destination {
        case .dropped: break
        case .bytes(var bytes):
            destination = .dropped
            bytes.append(contentsOf: part)
            destination = .bytes(bytes)
        case .urlencoded(var bytes):
            destination = .dropped
            bytes.append(contentsOf: part)
            destination = .urlencoded(bytes)
        case .multipart(let reader):
            try reader.receive(part)
        }
    }

    mutating func finish() throws(RequestError) -> Request.Body {
        switch destination {
        case .dropped: return .none
        case .bytes(let bytes): return .bytes(bytes)
        case .urlencoded(let bytes): return .form(try Form.parse(urlencoded: bytes[...]))
        case .multipart(let reader): return .form(try reader.finish())
        }
    }
}
