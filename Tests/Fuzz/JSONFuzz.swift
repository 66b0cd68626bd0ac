// fuzz: Sources/Atiende/JSON/JSON.swift Sources/Atiende/JSON/JSONParser.swift Sources/Atiende/JSON/JSONWriter.swift
// fuzz-options: -dict=Tests/Fuzz/json.dict
// JSON: no bytes trap, a refusal says where, and what is read is written, in every form, as something that reads the same.

private func roundTrip(_ value: JSON) {
    precondition((try? JSON(parsing: value.bytes(.compact))) == value)
    precondition((try? JSON(parsing: value.bytes(.pretty))) == value)
    let canonical = value.canonical
    let sorted = try? JSON(parsing: canonical)
    precondition(sorted?.bytes(.compact) == canonical)
    precondition(sorted?.canonical == canonical)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(JSONSyntaxFault) {
        roundTrip(try JSON(parsing: bytes))
    } catch {
        precondition(0...count ~= error.offset && error.line >= 1 && error.column >= 1 && !error.reason.isEmpty)
    }
    return 0
}
