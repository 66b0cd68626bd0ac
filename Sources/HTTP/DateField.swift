// The `Date` field, written once a second.

internal import Glibc

struct DateField {
    private var second = -1
    private var bytes: [UInt8] = []

    mutating func line() -> [UInt8] {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        if time.tv_sec != second {
            second = time.tv_sec
            bytes = Array("Date: ".utf8)
            HTTPDate.append(second, to: &bytes)
            bytes.append(.cr)
            bytes.append(.lf)
        }
        return bytes
    }
}
