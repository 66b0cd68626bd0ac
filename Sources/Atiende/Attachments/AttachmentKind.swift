// What a file is, decided by its bytes alone: neither its name nor what the browser says of it counts.

internal import Glibc

struct AttachmentKind: Sendable, Equatable {
    let type: String
    /// Of a picture that pages may show.
    let dimensions: Attachment.Dimensions?

    /// What only whoever downloads it opens, with a program of his own.
    static let other = AttachmentKind(type: "application/octet-stream", dimensions: nil)

    init(type: String, dimensions: Attachment.Dimensions?) {
        self.type = type
        self.dimensions = dimensions
    }

    /// Of a file that nobody changes meanwhile.
    init(fileAt path: String) {
        guard let bytes = FileBytes(path) else {
            self = .other
            return
        }
        if let header = ImageHeader(bytes) {
            let (pixels, isTooMuch) = header.width.multipliedReportingOverflow(by: header.height)
            guard !isTooMuch, pixels <= AttachmentLimits.mostPixels else {
                self = .other
                return
            }
            self.init(
                type: "\(header.kind.mediaType)",
                dimensions: Attachment.Dimensions(width: header.width, height: header.height))
        } else if bytes.begins(with: "%PDF-") {
            self.init(type: "application/pdf", dimensions: nil)
        } else if bytes.begins(with: "PK\u{3}\u{4}") {
            self.init(type: "application/zip", dimensions: nil)
        } else {
            self = .other
        }
    }
}

/// The bytes of a picture, wherever they are: a header is read without holding the rest.
protocol PictureBytes {
    var count: Int { get }
    /// Nil beyond the end.
    func bytes(at start: Int, _ length: Int) -> ArraySlice<UInt8>?
}

extension PictureBytes {
    func begins(with text: String) -> Bool { bytes(at: 0, text.utf8.count)?.elementsEqual(text.utf8) ?? false }
}

extension Array: PictureBytes where Element == UInt8 {
    func bytes(at start: Int, _ length: Int) -> ArraySlice<UInt8>? {
        guard start >= 0, length >= 0, start <= count, length <= count - start else { return nil }
        return self[start..<start + length]
    }
}

/// An open file, read where one looks.
final class FileBytes: PictureBytes {
    let count: Int
    private let descriptor: Int32

    init?(_ path: String) {
        let descriptor = Folder.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        var information = stat()
        count = fstat(descriptor, &information) == 0 ? Int(information.st_size) : 0
    }

    deinit { close(descriptor) }

    /// Few at a time: numbers and names of a header.
    func bytes(at start: Int, _ length: Int) -> ArraySlice<UInt8>? {
        guard start >= 0, length >= 0, start <= count, length <= count - start else { return nil }
        var bytes = [UInt8](repeating: 0, count: length)
        guard pread(descriptor, &bytes, length, off_t(start)) == length else { return nil }
        return bytes[...]
    }
}
