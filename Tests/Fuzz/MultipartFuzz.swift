// fuzz: Sources/HTTP/*.swift
// fuzz-options: -max_len=512 -dict=Tests/Fuzz/multipart.dict
// Multipart forms: wherever the body is cut, the same form or the same refusal comes out, and no file stays behind.
// The first byte of the input says how to cut; the boundary is `B`.

import Glibc

private let directory: String = {
    var path = Array("/dev/shm/fuzz-multipart-XXXXXX".utf8CString)
    guard mkdtemp(&path) != nil else { preconditionFailure("no directory for the files") }
    atexit { rmdir(directory) }
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}()

private let limits: Limits = {
    var limits = Limits()
    limits.parts = 8
    limits.formBody = 160
    return limits
}()

private enum Outcome {
    case form(Form)
    case refused(RequestError)

    func equals(_ other: Outcome) -> Bool {
        switch (self, other) {
        case (.form(let one), .form(let two)):
            one.fields.elementsEqual(two.fields, by: ==) && one.files.elementsEqual(two.files, by: areEqual)
        case (.refused(let one), .refused(let two)): one == two
        default: false
        }
    }
}

private func areEqual(_ one: UploadedFile, _ two: UploadedFile) -> Bool {
    one.field == two.field && one.name == two.name && one.contentType == two.contentType && one.size == two.size
        && one.sha256 == two.sha256
}

private func read(_ body: UnsafeRawBufferPointer, step: Int) -> Outcome {
    let reader = MultipartReader(boundary: [0x42], directory: directory, limits: limits)
    do throws(RequestError) {
        var start = 0
        while start < body.count {
            // Steps that grow, so that cuts fall everywhere in long bodies as well.
            let end = min(body.count, start + step + start / 64)
            try reader.receive(UnsafeRawBufferPointer(rebasing: body[start..<end]))
            start = end
        }
        let form = try reader.finish()
        check(form)
        return .form(form)
    } catch {
        return .refused(error)
    }
}

private func check(_ form: Form) {
    precondition(form.fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count } <= limits.formBody)
    precondition(form.fields.count + form.files.count <= limits.parts)
    for file in form.files {
        var status = stat()
        precondition(stat(file.storage.path, &status) == 0 && Int(status.st_size) == file.size)
        precondition(status.st_mode & 0o777 == 0o600 && file.sha256.count == 32)
        precondition(file.name.utf8.count <= FileName.maximumBytes)
        precondition(!file.name.utf8.contains { $0 == 0x2F || $0 == 0x5C || $0.isControl })
    }
}

private func isDirectoryEmpty() -> Bool {
    guard let stream = opendir(directory) else { return false }
    defer { closedir(stream) }
    var entries = 0
    while readdir(stream) != nil { entries += 1 }
    return entries == 2
}

nonisolated(unsafe) private var runs = 0

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMultipart(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let body = UnsafeRawBufferPointer(start: start + 1, count: count - 1)
    let whole = read(body, step: max(1, body.count))
    precondition(read(body, step: 1 + Int(start[0] & 0x1F)).equals(whole))
    runs += 1
    if runs % 1024 == 0 { precondition(isDirectoryEmpty()) }
    return 0
}
