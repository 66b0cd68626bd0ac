// A shelf holds so much and forgets first what nobody asked for.

import Testing

@testable import Atiende

@Suite struct ShelfTests {
    @Test func `what is asked for stays, what is not goes, and no more is held than agreed`() {
        let shelf = Shelf<Int, String>(most: 100)
        for key in 0..<200 {
            shelf.keep("part \(key)", size: 10, as: key)
            #expect(shelf.part(key) == "part \(key)" || key % 5 == 0)
            _ = shelf.part(3)
        }
        #expect(shelf.part(3) == "part 3")
        #expect(shelf.part(100) == nil)
        #expect((0..<200).count { shelf.part($0) != nil } <= 12)
    }

    @Test func `what is kept again takes the other's place`() {
        let shelf = Shelf<Int, String>(most: 1000)
        shelf.keep("old", size: 10, as: 1)
        shelf.keep("new", size: 10, as: 1)
        #expect(shelf.part(1) == "new")
        #expect(shelf.part(2) == nil)
    }

    @Test func `what is too large for it is not held for long`() {
        let shelf = Shelf<Int, String>(most: 10)
        shelf.keep("large", size: 1000, as: 1)
        shelf.keep("larger", size: 1000, as: 2)
        #expect(shelf.part(1) == nil)
    }
}
