// A ZIP file made while it is sent: each call returns the bytes that follow, and nothing but the list of entries is kept.
// Sizes and checksums follow each entry's content (PKWARE APPNOTE 4.3.9), so that nothing is read twice.

import CZlib

/// Used by one owner at a time.
public final class ZipWriter {
    /// APPNOTE 4.4: without its extension for large files neither a size nor a place may be larger.
    public static let mostBytes = 0xFFFF_FFFF
    public static let mostEntries = 0xFFFE

    private struct Entry {
        let name: [UInt8]
        let offset: Int
        var crc: UInt32 = 0
        var packed = 0
        var size = 0
    }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// zlib checks that its stream stays where it was made.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isReady = false
    private var entries: [Entry] = []
    private var written = 0
    private var output = [UInt8](repeating: 0, count: 64 * 1024)
    /// Of every entry, as MS-DOS writes instants: local, to two seconds, from 1980.
    private let date: (time: Int, day: Int)

    /// `year` and so on: the instant that entries say they are from.
    public init(year: Int, month: Int, day: Int, second: Int) {
        let seconds = min(max(second, 0), 86_399)
        let years = min(max(year - 1980, 0), 127)
        date = (
            time: seconds / 3600 << 11 | seconds % 3600 / 60 << 5 | seconds % 60 / 2,
            day: years << 9 | min(max(month, 1), 12) << 5 | min(max(day, 1), 31)
        )
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
    }

    deinit {
        if isReady { deflateEnd(stream) }
        stream.deallocate()
    }

    /// Begins an entry; its name is a path of plain names that is nobody else's here.
    public func begin(_ name: String) throws -> [UInt8] {
        guard entries.count < Self.mostEntries, name.utf8.count <= 0xFFFF else { throw Failure(description: "entries") }
        let result = isReady ? deflateReset(stream) : atiende_deflate_init_raw(stream, 2)
        guard result == Z_OK else { throw Failure(description: "zlib \(result)") }
        isReady = true
        let entry = Entry(name: Array(name.utf8), offset: written)
        entries.append(entry)
        return try count(
            Self.little(0x0403_4B50, 4) + common + Self.little(0, 12) + Self.little(entry.name.count, 2)
                + Self.little(0, 2) + entry.name)
    }

    /// The next bytes of the entry's content.
    public func add(_ bytes: [UInt8]) throws -> [UInt8] {
        guard let last = entries.indices.last else { throw Failure(description: "no entry") }
        entries[last].crc = bytes.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32(UInt(entries[last].crc), $0.baseAddress, UInt32($0.count)))
        }
        entries[last].size += bytes.count
        return try count(compress(bytes, last, Z_NO_FLUSH))
    }

    /// Ends the entry.
    public func end() throws -> [UInt8] {
        guard let last = entries.indices.last else { throw Failure(description: "no entry") }
        let rest = try compress([], last, Z_FINISH)
        let entry = entries[last]
        guard entry.size <= Self.mostBytes, entry.packed <= Self.mostBytes else { throw Failure(description: "size") }
        return try count(
            rest + Self.little(0x0807_4B50, 4) + Self.little(Int(entry.crc), 4) + Self.little(entry.packed, 4)
                + Self.little(entry.size, 4))
    }

    /// The list of entries, with which the file ends.
    public func finish() throws -> [UInt8] {
        let start = written
        var list: [UInt8] = []
        for entry in entries {
            list += Self.little(0x0201_4B50, 4) + Self.little(20, 2) + common + Self.little(Int(entry.crc), 4)
            list += Self.little(entry.packed, 4) + Self.little(entry.size, 4) + Self.little(entry.name.count, 2)
            // No extra field, no comment, the first disk, no attributes.
            list += Self.little(0, 12) + Self.little(entry.offset, 4) + entry.name
        }
        return try count(
            list + Self.little(0x0605_4B50, 4) + Self.little(0, 4) + Self.little(entries.count, 2)
                + Self.little(entries.count, 2) + Self.little(list.count, 4) + Self.little(start, 4)
                + Self.little(0, 2))
    }

    // MARK: Parts

    /// Version 2.0, names in UTF-8, sizes after the content, deflated, the date.
    private var common: [UInt8] {
        Self.little(20, 2) + Self.little(1 << 11 | 1 << 3, 2) + Self.little(8, 2) + Self.little(date.time, 2)
            + Self.little(date.day, 2)
    }

    private func count(_ bytes: [UInt8]) throws -> [UInt8] {
        written += bytes.count
        guard written <= Self.mostBytes else { throw Failure(description: "the file would be larger than 4 GB") }
        return bytes
    }

    private func compress(_ bytes: [UInt8], _ entry: Int, _ flush: Int32) throws -> [UInt8] {
        var packed: [UInt8] = []
        var result = Z_OK
        try bytes.withUnsafeBufferPointer { input in
            // zlib only reads its input; its interface predates const.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                let produced = output.withUnsafeMutableBufferPointer { room in
                    stream.pointee.next_out = room.baseAddress
                    stream.pointee.avail_out = UInt32(room.count)
                    result = deflate(stream, flush)
                    return room.count - Int(stream.pointee.avail_out)
                }
                // Z_BUF_ERROR: there was nothing to do.
                guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
                    throw Failure(description: "zlib \(result)")
                }
                packed += output[..<produced]
            } while stream.pointee.avail_out == 0
        }
        entries[entry].packed += packed.count
        return packed
    }

    private static func little(_ number: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
    }
}
