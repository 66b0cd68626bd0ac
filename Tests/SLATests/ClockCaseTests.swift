// Clocks in the cases that other systems got wrong: pauses, changes of severity, reopening, edits.

import SLA
import Testing

@Suite struct PauseCaseTests {
    private func story(_ amount: Int, opened: String) throws -> Story {
        try Story(
            mexicanOffice(), [hours(.resolution, amount, pausedBy: [.waitingCustomer, .waitingThirdParty])],
            opened: opened)
    }

    @Test func `a pause within the day moves the due instant inside business hours`() throws {
        var story = try story(6, opened: "2026-03-02T09:00")
        try story.then("2026-03-02T11:00", .status(.waitingCustomer))
        try story.then("2026-03-02T15:00", .status(.open))
        #expect(try story.due(.resolution, "2026-03-02T16:00") == story.at("2026-03-03T10:00"))
    }

    @Test func `a pause over the weekend costs only its business hours`() throws {
        var story = try story(6, opened: "2026-03-06T16:00")
        try story.then("2026-03-06T17:00", .status(.waitingCustomer))
        try story.then("2026-03-09T10:00", .status(.open))
        let clock = try story.clock(.resolution, "2026-03-09T12:00")
        #expect(try clock.dueAt == story.at("2026-03-09T15:00"))
        #expect(clock.consumed == 3 * 3600)
    }

    @Test func `a pause outside business hours changes nothing`() throws {
        var story = try story(6, opened: "2026-03-06T16:00")
        try story.then("2026-03-06T19:00", .status(.waitingCustomer))
        try story.then("2026-03-08T20:00", .status(.open))
        #expect(try story.due(.resolution, "2026-03-09T09:00") == story.at("2026-03-09T13:00"))
    }

    @Test func `several pauses add up, one of no length adds nothing`() throws {
        var story = try story(12, opened: "2026-03-02T09:00")
        for (from, to) in [
            ("2026-03-02T10:00", "2026-03-02T12:00"), ("2026-03-02T13:00", "2026-03-02T13:30"),
            ("2026-03-03T09:00", "2026-03-03T09:00"),
        ] {
            try story.then(from, .status(.waitingCustomer))
            try story.then(to, .status(.open))
        }
        #expect(try story.due(.resolution, "2026-03-03T10:00") == story.at("2026-03-03T14:30"))
    }

    @Test func `waiting for two in a row is one pause told by its reasons`() throws {
        var story = try story(6, opened: "2026-03-02T09:00")
        try story.then("2026-03-02T10:00", .status(.waitingCustomer))
        try story.then("2026-03-02T11:00", .status(.waitingThirdParty))
        try story.then("2026-03-02T12:00", .status(.open))
        #expect(try story.due(.resolution, "2026-03-02T12:00") == story.at("2026-03-02T17:00"))
        let told = try #require(try story.fold.explanation(of: 0, at: story.at("2026-03-02T12:00")))
        #expect(
            told.stretches.map(\.kind) == [
                .counted, .paused(.waitingCustomer), .paused(.waitingThirdParty), .counted,
            ])
    }

    @Test func `a paused clock is neither due nor breached when its old due instant passes`() throws {
        var story = try Story(
            mexicanOffice(), [hours(.resolution, 4)], steps: [Step(.resolution, percent: 100)],
            opened: "2026-03-02T10:00")
        try story.then("2026-03-02T13:00", .status(.waitingCustomer))
        let paused = try story.read("2026-03-02T15:00")
        #expect(paused.clocks[0].state == .paused && paused.clocks[0].dueAt == nil && paused.fired.isEmpty)
        #expect(paused.clocks[0].remaining == 3600)
        #expect(paused.nextInstant == nil)
        try story.then("2026-03-02T16:00", .status(.open))
        #expect(try story.due(.resolution, "2026-03-02T16:00") == story.at("2026-03-02T17:00"))
    }

    @Test func `a breached clock stays breached while paused and grows no more`() throws {
        var story = try story(3, opened: "2026-03-02T09:00")
        try story.then("2026-03-02T12:30", .status(.waitingCustomer))
        let clock = try story.clock(.resolution, "2026-03-02T17:00")
        #expect(clock.state == .breached && clock.isPaused)
        #expect(clock.remaining == -1800)
        #expect(try clock.dueAt == story.at("2026-03-02T12:00"))
        #expect(try clock.breachedAt == story.at("2026-03-02T12:00").advanced(by: 1))
    }

    @Test func `resolving out of a pause counts nothing of the pause`() throws {
        var story = try story(6, opened: "2026-03-02T09:00")
        try story.then("2026-03-02T11:00", .status(.waitingCustomer))
        try story.then("2026-03-02T16:00", .status(.resolved))
        let clock = try story.clock(.resolution, "2026-03-02T17:00")
        #expect(clock.state == .met && clock.consumed == 2 * 3600)
    }
}

@Suite struct ChangeCaseTests {
    @Test func `pauses survive a change of severity`() throws {
        var story = try Story(
            mexicanOffice(), [hours(.resolution, 24), hours(.resolution, 6, severity: "1")], opened: "2026-03-02T09:00")
        try story.then("2026-03-02T10:00", .status(.waitingCustomer))
        try story.then("2026-03-04T10:00", .status(.open))
        try story.then("2026-03-04T10:00", .severity("1"))
        #expect(try story.due(.resolution, "2026-03-04T10:30") == story.at("2026-03-04T15:00"))
    }

    @Test func `lowering the severity puts a late ticket in time and keeps its breach in the timeline`() throws {
        var story = try Story(
            mexicanOffice(), [hours(.resolution, 24), hours(.resolution, 2, severity: "1")],
            opened: "2026-03-02T09:00", severity: "1")
        try story.then("2026-03-02T12:00", .severity("3"))
        let read = try story.read("2026-03-02T13:00")
        #expect(read.clocks[0].state == .running && read.clocks[0].breachedAt == nil)
        #expect(read.milestones.map(\.kind) == [.breached(budget: 7200), .changed(from: 7200, to: 86_400)])
        let breach = try story.at("2026-03-02T11:00").advanced(by: 1)
        #expect(try read.milestones.map(\.at) == [try #require(breach), story.at("2026-03-02T12:00")])
    }

    @Test func `raising the severity beyond the new budget breaches at the change and not before`() throws {
        var story = try Story(
            mexicanOffice(), [hours(.resolution, 24), hours(.resolution, 4, severity: "1")], opened: "2026-03-02T09:00")
        try story.then("2026-03-02T14:00", .severity("1"))
        let clock = try story.clock(.resolution, "2026-03-02T15:00")
        #expect(clock.state == .breached)
        #expect(try clock.breachedAt == story.at("2026-03-02T14:00"))
        #expect(try clock.dueAt == story.at("2026-03-02T13:00"))
    }

    @Test func `a plan without updates cancels the update clock`() throws {
        var story = try Story(mexicanOffice(), [hours(.periodicUpdate, 2)], opened: "2026-03-02T09:00")
        try story.then("2026-03-02T10:00", .planApplied(Plan(targets: [hours(.resolution, 8)])))
        let read = try story.read("2026-03-02T18:00")
        #expect(read.clocks.map(\.state) == [.cancelled, .breached])
        #expect(read.milestones.contains { $0.kind == .cancelled(.noTarget) })
    }

    @Test func `steps that a new version of the plan keeps do not fire again`() throws {
        let half = Step(.resolution, percent: 50)
        var story = try Story(
            mexicanOffice(), [hours(.resolution, 4)], steps: [half], opened: "2026-03-02T09:00")
        let next = try Plan(
            targets: [hours(.resolution, 4)], steps: [Step(.resolution, percent: 25, id: "new"), half])
        try story.then("2026-03-02T12:00", .planApplied(next))
        let fired = try story.read("2026-03-02T13:00").fired
        #expect(fired.map(\.percent) == [50, 25])
        #expect(try fired.map(\.at) == [story.at("2026-03-02T11:00"), story.at("2026-03-02T12:00")])
    }

    @Test func `merging cancels what is live and keeps what was broken`() throws {
        var story = try Story(
            mexicanOffice(), [hours(.firstResponse, 1), hours(.resolution, 8)], opened: "2026-03-02T09:00")
        try story.then("2026-03-02T11:00", .merged)
        let read = try story.read("2026-03-04T11:00")
        #expect(read.clocks.allSatisfy { $0.state == .cancelled })
        #expect(read.milestones.first?.kind == .breached(budget: 3600))
        #expect(read.nextInstant == nil)
    }

    @Test func `an edited calendar counts from the edit on`() throws {
        let long = try calendar(mexicoCity, [("09:00", "21:00")])
        let untouched = try Story(mexicanOffice(), [hours(.resolution, 12)], opened: "2026-03-03T16:00")
        #expect(try untouched.due(.resolution, "2026-03-03T17:00") == untouched.at("2026-03-05T10:00"))
        let edited = try Story(
            mexicanOffice(), edits: [(at: "2026-03-04T00:00", calendar: long)], [hours(.resolution, 12)],
            opened: "2026-03-03T16:00")
        #expect(try edited.due(.resolution, "2026-03-04T00:00") == edited.at("2026-03-04T19:00"))
        #expect(try edited.due(.resolution, "2026-03-03T23:00") == edited.at("2026-03-05T10:00"))
        #expect(try edited.clock(.resolution, "2026-03-04T19:00").consumed == 12 * 3600)
    }

    @Test func `a holiday added late moves due instants and takes no step back`() throws {
        let closed = try calendar(mexicoCity, holidays: [date("2026-03-02"): "Luto"])
        let story = try Story(
            mexicanOffice(), edits: [(at: "2026-03-02T11:00", calendar: closed)], [hours(.resolution, 4)],
            steps: [Step(.resolution, percent: 25), Step(.resolution, percent: 75)], opened: "2026-03-02T09:00")
        let read = try story.read("2026-03-03T12:00")
        #expect(try read.clocks[0].dueAt == story.at("2026-03-03T11:00"))
        #expect(try read.fired.map(\.at) == [story.at("2026-03-02T10:00"), story.at("2026-03-03T10:00")])
    }

    @Test func `a plan applied after the close changes no verdict`() throws {
        var story = try Story(mexicanOffice(), [hours(.resolution, 4)], opened: "2026-03-02T09:00")
        try story.then("2026-03-02T11:30", .status(.closed))
        try story.then("2026-03-02T12:00", .planApplied(Plan(targets: [hours(.resolution, 2)])))
        let clock = try story.clock(.resolution, "2026-03-02T13:00")
        #expect(clock.state == .met && clock.budget == 4 * 3600)
    }
}

@Suite struct ReopeningCaseTests {
    private func story() throws -> Story {
        var story = try Story(
            mexicanOffice(), [hours(.resolution, 6), hours(.firstResponse, 2), hours(.nextResponse, 2)],
            opened: "2026-03-02T09:00")
        try story.then("2026-03-02T10:00", .staffMessage(level: 1))
        try story.then("2026-03-02T12:00", .status(.resolved))
        return story
    }

    @Test func `reopening goes on with what was left and counts nothing of the time resolved`() throws {
        var story = try story()
        try story.then("2026-03-04T10:00", .status(.open))
        #expect(try story.due(.resolution, "2026-03-04T11:00") == story.at("2026-03-04T13:00"))
        #expect(try story.read("2026-03-04T11:00").milestones.map(\.kind).contains(.verdict(.met)))
    }

    @Test func `work, pauses and resolved time are told apart`() throws {
        var story = try story()
        try story.then("2026-03-04T10:00", .status(.open))
        try story.then("2026-03-04T11:00", .status(.waitingCustomer))
        try story.then("2026-03-04T12:00", .status(.resolved))
        let told = try #require(try story.fold.explanation(of: 1, at: story.at("2026-03-04T12:00")))
        #expect(
            told.stretches.map(\.kind) == [.counted, .paused(.resolved), .counted, .paused(.waitingCustomer)])
        #expect(told.stretches.last?.total == 4 * 3600)
    }

    @Test func `a first response stays met and the message that reopens starts a next response`() throws {
        var story = try story()
        try story.then("2026-03-04T10:00", .status(.open))
        try story.then("2026-03-04T10:00", .customerMessage)
        #expect(try story.clock(.firstResponse, "2026-03-04T11:00").state == .met)
        #expect(try story.due(.nextResponse, "2026-03-04T11:00") == story.at("2026-03-04T12:00"))
    }

    @Test func `resolving without an answer does not meet the first response`() throws {
        var story = try Story(mexicanOffice(), [hours(.firstResponse, 2)], opened: "2026-03-02T09:00")
        try story.then("2026-03-02T10:00", .status(.resolved))
        #expect(try story.clock(.firstResponse, "2026-03-02T11:00").state == .cancelled)
    }

    @Test func `lateness is fixed by the verdict for ever`() throws {
        var story = try Story(mexicanOffice(), [hours(.resolution, 2)], opened: "2026-03-02T09:00")
        try story.then("2026-03-02T11:30", .status(.closed))
        for day in ["2026-03-02T12:00", "2026-04-02T12:00"] {
            let clock = try story.clock(.resolution, day)
            #expect(clock.state == .breached && clock.remaining == -1800 && clock.dueAt == nil)
        }
    }
}
