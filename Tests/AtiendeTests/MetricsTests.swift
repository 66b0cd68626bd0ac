// The figures: well-formed, for those alone who may read them, and true.

import Foundation
import Testing

@testable import Atiende
@testable import HTTP

/// A strict reader of Prometheus' text format, version 0.0.4: every fault of a text, with its line.
private struct Exposition {
    private(set) var faults: [String] = []
    private(set) var samples: [String: Double] = [:]
    private var types: [String: Substring] = [:]
    private var seen: Set<Substring> = []
    private var current: Substring = ""

    init(_ text: String) {
        if !text.hasSuffix("\n") { faults.append("the last line has no end") }
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) { read(line) }
        for (name, type) in types where type == "histogram" { checkHistogram(name) }
    }

    private mutating func read(_ line: Substring) {
        if let help = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
            if !seen.insert(help.1).inserted { faults.append("a family stands twice: \(line)") }
            current = help.1
        } else if let type = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
            if type.1 != current { faults.append("a type without its help: \(line)") }
            types[String(type.1)] = type.2
            if type.2 == "counter", !type.1.hasSuffix("_total") { faults.append("a counter's name: \(line)") }
        } else if let sample = line.wholeMatch(
            of: /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)+\})? ([0-9.]+)/)
        {
            let family =
                types[String(current)] == "histogram"
                ? String(sample.1).replacing(/_(bucket|sum|count)$/, with: "") : String(sample.1)
            if family != String(current) { faults.append("outside its family: \(line)") }
            guard let value = Double(sample.3) else { return faults.append("no number: \(line)") }
            let key = String(sample.1) + (sample.2 ?? "")
            if samples.updateValue(value, forKey: key) != nil { faults.append("a sample stands twice: \(line)") }
        } else {
            faults.append("no line of the format: \(line)")
        }
    }

    /// Buckets grow, the last one is `+Inf` and equals the count.
    private mutating func checkHistogram(_ name: String) {
        for (key, count) in samples where key.hasPrefix(name + "_count") {
            let labels = key.dropFirst((name + "_count").count).dropLast()
            let infinite = samples[
                labels.isEmpty ? "\(name)_bucket{le=\"+Inf\"}" : "\(name)_bucket\(labels),le=\"+Inf\"}"]
            if infinite != count { faults.append("\(key): the last bucket is \(infinite ?? -1), not \(count)") }
        }
    }
}

@Suite struct MetricsTests {
    @Test func `the figures of a running server are well-formed and count what it did`() throws {
        let running = try RunningSite()
        for path in ["/", "/t/proware/", "/t/proware/", "/t/seres/", "/nowhere", "/healthz"] {
            _ = try running.get(path)
        }
        let first = try running.get("/metrics")
        #expect(first.status == 200)
        #expect(first.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        let text = first.text
        let figures = Exposition(text)
        #expect(figures.faults == [])
        #expect(figures.samples["atiende_http_requests_total{route=\"/healthz\",status=\"2xx\"}"] == 1)
        #expect(figures.samples["atiende_http_requests_total{route=\"-\",status=\"4xx\"}"] == 1)
        #expect(figures.samples["atiende_http_request_seconds_count{route=\"/healthz\"}"] == 1)
        #expect(figures.samples["atiende_tenants"] == 2)
        #expect(figures.samples["atiende_tenants_open"] == 2)
        #expect((figures.samples["process_resident_memory_bytes"] ?? 0) > 1_000_000)
        #expect((figures.samples["process_open_fds"] ?? 0) > 3)
        #expect((figures.samples["process_max_fds"] ?? 0) >= (figures.samples["process_open_fds"] ?? 0))
        #expect((figures.samples["atiende_database_wal_bytes"] ?? -1) >= 0)
        #expect((figures.samples["atiende_database_reads_total"] ?? 0) > 0)
        let start = try #require(figures.samples["process_start_time_seconds"])
        #expect(abs(start - Date().timeIntervalSince1970) < 3600)
        #expect(!text.contains("nowhere"), "a stranger's path never becomes a label")
    }

    @Test(
        arguments: [
            ("127.0.0.1", true), ("127.8.9.1", true), ("::1", true), ("192.0.2.7", false), ("10.0.0.1", false),
            ("::ffff:127.0.0.1", nil),
        ] as [(String, Bool?)])
    func `only who may read them is told that they are there`(_ address: String, _ mayRead: Bool?) throws {
        let site = try Self.plain.get()
        let peer = try #require(IPAddress(address))
        let status = try site.send("GET", "/metrics", from: .internet(peer)).status
        if let mayRead { #expect(status == (mayRead ? 200 : 404)) } else { #expect(status == 200 || status == 404) }
    }

    @Test func `a local socket may read them`() throws {
        #expect(try Self.plain.get().send("GET", "/metrics", from: .unix).status == 200)
    }

    @Test(arguments: ["203.0.113.9", "127.0.0.1, 203.0.113.9", "127.0.0.1,203.0.113.9", "junk", ""])
    func `nobody reads them through a proxy that was not declared`(_ forwarded: String) throws {
        let local = try #require(IPAddress("127.0.0.1"))
        let answer = try Self.plain.get().send(
            "GET", "/metrics", ["X-Forwarded-For": forwarded], from: .internet(local))
        #expect(answer.status == (forwarded.isEmpty ? 200 : 404))
    }

    @Test(arguments: [("203.0.113.9", 404), ("127.0.0.1", 200), ("203.0.113.9, 127.0.0.1", 404)])
    func `behind a declared proxy the visitor counts`(_ forwarded: String, _ status: Int) throws {
        let proxied = try TestSite(tenants: [], trusting: "127.0.0.1")
        let local = try #require(IPAddress("127.0.0.1"))
        let answer = try proxied.send("GET", "/metrics", ["X-Forwarded-For": forwarded], from: .internet(local))
        #expect(answer.status == status)
    }

    @Test func `labels keep quotes, backslashes and line breaks to themselves`() {
        var text = MetricsText()
        text.begin("x_total", .counter, "Help.")
        text.add("x_total", 1, ["a": "quote \" back \\ line \n end"])
        text.begin("h", .histogram, "Help.")
        text.add(
            histogram: "h", [1, 0, 2], microsecondBounds: [100, 2_500_000], sumMicroseconds: 3_000_001, ["a": "\"\\\n"])
        text.add(histogram: "h", [0, 0, 0], microsecondBounds: [100, 2_500_000], sumMicroseconds: 0, [:])
        let figures = Exposition(String(decoding: text.bytes, as: UTF8.self))
        #expect(figures.faults == [])
        #expect(figures.samples["h_bucket{a=\"\\\"\\\\\\n\",le=\"2.500000\"}"] == 1)
        #expect(figures.samples["h_sum{a=\"\\\"\\\\\\n\"}"] == 3.000001)
    }

    private static let plain = Result { try TestSite() }
}
