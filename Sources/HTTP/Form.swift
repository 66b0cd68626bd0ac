// What a form sent: its fields in order, and the files that were stored while they arrived.

public struct Form: Sendable {
    public var fields: [(name: String, value: String)] = []
    public var files: [UploadedFile] = []
    /// Files that came and are not here.
    public var lostFiles: [LostFile] = []

    public init() {}

    /// The first value of that name.
    public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    public func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }
}

/// A file of which only its name and its size are left: there was no room for it, or nobody was to bring one.
public struct LostFile: Sendable, Equatable {
    public let field: String
    public let name: String
    public let size: Int
}

/// A file that lies complete in a temporary place. It is deleted when the last copy of the form that brought it goes,
/// unless it was moved away before.
public struct UploadedFile: Sendable {
    /// The form field that it came in.
    public let field: String
    /// The name that the browser gave: a display text, never a path.
    public let name: String
    public let contentType: String
    public let size: Int
    public let sha256: [UInt8]
    public let storage: TemporaryFile

    public init(
        field: String, name: String, contentType: String, size: Int, sha256: [UInt8], storage: TemporaryFile
    ) {
        self.field = field
        self.name = name
        self.contentType = contentType
        self.size = size
        self.sha256 = sha256
        self.storage = storage
    }
}
