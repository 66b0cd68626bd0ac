import Testing

@testable import HTTP

@Suite struct ConditionalTests {
    private static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    private static let same = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let after = "Sun, 06 Nov 1994 08:49:38 GMT"
    private let strong = Validators(etag: "\"a\"", lastModified: 784_111_777)
    private let weak = Validators(etag: "W/\"a\"", lastModified: 784_111_777)
    private let none = Validators(etag: nil, lastModified: nil)

    @Test(arguments: [
        "\"a\"", "W/\"a\"", "\"b\", \"a\"", "\"b\",\"a\"", ",,\"a\",,", "*", "\"b,c\", \"a\"", "junk, \"a\"",
        "\"\", W/\"a\"", "w/\"b\", \"a\"",
    ])
    func `a tag that the client has needs no content`(list: String) {
        for validators in [strong, weak] {
            #expect(Request.with(.get, "/", [("If-None-Match", list)]).precondition(validators) == .notModified)
            #expect(Request.with(.head, "/", [("if-none-match", list)]).precondition(validators) == .notModified)
            #expect(Request.with(.put, "/", [("If-None-Match", list)]).precondition(validators) == .preconditionFailed)
        }
    }

    @Test(arguments: [
        "", "a", "\"a", "a\"", "\"A\"", "\"b\"", "\"b,\"a\",\"", "w/\"a\"", "W/a", "**", "\"a\"x", "W/ \"a\"",
        "\"a\" \"a\"", "\"",
    ])
    func `a tag that is another or none asks for the content`(list: String) {
        #expect(Request.with(.get, "/", [("If-None-Match", list)]).precondition(strong) == .proceed)
    }

    @Test func `several fields are one list`() {
        let fields = [("If-None-Match", "\"x\""), ("If-None-Match", "\"a\"")]
        #expect(Request.with(.get, "/", fields).precondition(strong) == .notModified)
    }

    @Test func `a tag beats a date`() {
        let changed = [("If-None-Match", "\"b\""), ("If-Modified-Since", Self.after)]
        #expect(Request.with(.get, "/", changed).precondition(strong) == .proceed)
        let unchanged = [("If-None-Match", "\"a\""), ("If-Modified-Since", Self.before)]
        #expect(Request.with(.get, "/", unchanged).precondition(strong) == .notModified)
        let matching = [("If-Match", "\"a\""), ("If-Unmodified-Since", Self.before)]
        #expect(Request.with(.put, "/", matching).precondition(strong) == .proceed)
    }

    @Test(arguments: [
        (before, Precondition.proceed), (same, .notModified), (after, .notModified), ("yesterday", .proceed),
        ("", .proceed),
    ])
    func `If-Modified-Since asks for what is newer`(date: String, expected: Precondition) {
        let fields = [("If-Modified-Since", date)]
        #expect(Request.with(.get, "/", fields).precondition(strong) == expected)
        #expect(Request.with(.post, "/", fields).precondition(strong) == .proceed)
        #expect(Request.with(.get, "/", fields).precondition(none) == .proceed)
        #expect(Request.with(.get, "/", fields + fields).precondition(strong) == .proceed)
    }

    @Test(arguments: [
        (before, Precondition.preconditionFailed), (same, .proceed), (after, .proceed), ("yesterday", .proceed),
    ])
    func `If-Unmodified-Since stops what is newer`(date: String, expected: Precondition) {
        #expect(Request.with(.put, "/", [("If-Unmodified-Since", date)]).precondition(strong) == expected)
        #expect(Request.with(.get, "/", [("If-Unmodified-Since", date)]).precondition(none) == .proceed)
    }

    @Test func `If-Match compares strongly`() {
        #expect(Request.with(.put, "/", [("If-Match", "\"b\", \"a\"")]).precondition(strong) == .proceed)
        #expect(Request.with(.put, "/", [("If-Match", "*")]).precondition(weak) == .proceed)
        for tag in ["W/\"a\"", "\"b\"", "junk", ""] {
            #expect(Request.with(.put, "/", [("If-Match", tag)]).precondition(strong) == .preconditionFailed)
        }
        #expect(Request.with(.put, "/", [("If-Match", "\"a\"")]).precondition(weak) == .preconditionFailed)
        let both = [("If-Match", "\"a\""), ("If-None-Match", "\"a\"")]
        #expect(Request.with(.get, "/", both).precondition(strong) == .notModified)
    }

    @Test func `without conditions the request proceeds`() {
        #expect(Request.with().precondition(strong) == .proceed)
    }

    @Test(arguments: [
        ("\"a\"", true), ("W/\"a\"", false), ("\"b\"", false), ("*", false), ("", false), (same, true), (before, false),
        (after, false),
        ("\"a\", \"a\"", false),
    ])
    func `If-Range names exactly one state`(condition: String, applies: Bool) {
        let request = Request.with(.get, "/", [("If-Range", condition), ("Range", "bytes=0-0")])
        #expect(request.rangeApplies(strong) == applies)
        #expect(request.byteRange(strong, size: 9) == (applies ? .part(0..<1) : .whole))
    }

    @Test func `a range is for GET alone`() {
        let fields = [("Range", "bytes=0-0")]
        #expect(Request.with(.get, "/", fields).byteRange(strong, size: 9) == .part(0..<1))
        #expect(Request.with(.head, "/", fields).byteRange(strong, size: 9) == .whole)
        #expect(Request.with(.post, "/", fields).byteRange(strong, size: 9) == .whole)
        #expect(Request.with(.get, "/", fields + fields).byteRange(strong, size: 9) == .whole)
        #expect(!Request.with(.get, "/", [("If-Range", "\"a\"")]).rangeApplies(weak))
    }
}
