// Long lists by pages of a fixed size: which page `?page=` asks for, and the links to the others.

internal import HTTP
internal import Markup

/// One page of a list whose length is known.
struct Paging: Hashable, Sendable {
    static let size = 50

    /// How many items a page has.
    let size: Int
    let total: Int
    /// From 1; one past the end is the last: the list grew shorter since its link was made.
    let number: Int

    init(number: Int, total: Int, size: Int = Paging.size) {
        self.size = size
        self.total = max(0, total)
        self.number = min(max(1, number), Self.pages(of: self.total, size))
    }

    /// The page that a query asks for, the first when it asks for none. Not found where `page` is not a plain number
    /// from 1, or stands there twice.
    init(query: String?, total: Int, size: Int = Paging.size) throws(Refusal) {
        self.init(number: try Self.number(in: query), total: total, size: size)
    }

    var pages: Int { Self.pages(of: total, size) }
    /// How many items stand before the page, for the store.
    var offset: Int { (number - 1) * size }
    /// How many items the page has.
    var count: Int { min(size, total - offset) }

    private static func pages(of total: Int, _ size: Int) -> Int { total > 0 ? (total - 1) / size + 1 : 1 }

    private static func number(in query: String?) throws(Refusal) -> Int {
        guard let query, !query.isEmpty else { return 1 }
        guard let form = try? Form.parse(urlencoded: Array(query.utf8)[...]) else { throw .notFound }
        let values = form.values("page")
        guard let value = values.first else { return 1 }
        let digits = value.utf8
        guard values.count == 1, (1...9).contains(digits.count), digits.first != 0x30,
            digits.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(value)
        else { throw .notFound }
        return number
    }
}

/// What `shared/pager` shows: which items of how many, and links to pages where there are several.
struct Pager: Item {
    struct Link: Item, Hashable {
        let text: String
        /// Empty for pages that are left out.
        let href: String
        let isCurrent: Bool

        static let fields: [Field<Link>] = [
            .text("text") { $0.text },
            .text("href") { $0.href },
            .flag("isCurrent") { $0.isCurrent },
        ]
    }

    let from: String
    let to: String
    /// A list that is counted up to a limit says so here.
    var total: String
    /// Empty on the first page.
    let previous: String
    /// Empty on the last page.
    let next: String
    /// Empty where one page is all.
    let links: [Link]

    static let fields: [Field<Pager>] = [
        .text("from") { $0.from },
        .text("to") { $0.to },
        .text("total") { $0.total },
        .text("previous") { $0.previous },
        .text("next") { $0.next },
        .list("links") { $0.links },
    ]

    /// Nothing for a list without items, which shows its empty state. `path` and `query` are those of the page as they
    /// were sent; the links keep every parameter but `page`.
    init?(_ paging: Paging, path: String, query: String?, numbers: NumberStyle) {
        guard paging.total > 0 else { return nil }
        let kept = (query ?? "").split(separator: "&").filter { !Self.isPage($0) }
        func href(_ number: Int) -> String {
            guard 1...paging.pages ~= number else { return "" }
            let pairs = kept.map(String.init) + (number > 1 ? ["page=\(number)"] : [])
            return pairs.isEmpty ? path : path + "?" + pairs.joined(separator: "&")
        }
        from = numbers.text(paging.offset + 1)
        to = numbers.text(paging.offset + paging.count)
        total = numbers.text(paging.total)
        previous = href(paging.number - 1)
        next = href(paging.number + 1)
        links = Self.shown(paging).map { number in
            guard let number else { return Link(text: "…", href: "", isCurrent: false) }
            return Link(text: numbers.text(number), href: href(number), isCurrent: number == paging.number)
        }
    }

    /// The first page, the last, this one and its neighbours; nil stands for two pages or more that are left out.
    private static func shown(_ paging: Paging) -> [Int?] {
        guard paging.pages > 1 else { return [] }
        let near = max(1, paging.number - 1)...min(paging.pages, paging.number + 1)
        var shown: [Int?] = []
        var before = 0
        for number in Set([1, paging.pages] + near).sorted() {
            if number - before == 2 { shown.append(number - 1) }
            if number - before > 2 { shown.append(nil) }
            shown.append(number)
            before = number
        }
        return shown
    }

    /// Whether a pair of the query is the page, in whatever coding.
    private static func isPage(_ pair: Substring) -> Bool {
        let name = Array(pair.utf8.prefix { $0 != UInt8(ascii: "=") })
        return PercentCoding.decode(name[...], plusIsSpace: true) == "page"
    }
}

extension Visit {
    /// The page of a list that this visit asks for.
    func paging(total: Int, size: Int = Paging.size) throws(Refusal) -> Paging {
        try Paging(query: query, total: total, size: size)
    }

    /// The links to the other pages of a list.
    func pager(_ paging: Paging) -> Pager? {
        Pager(paging, path: address.text, query: query, numbers: numbers)
    }
}
