// swift-tools-version: 6.2
// The package: few targets, and only where a wall is wanted. HTTP, SQL, Markup and SLA do not know each other.

import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

func testTarget(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, resources: resources,
        swiftSettings: [.treatAllWarnings(as: .error)])
}

let package = Package(
    name: "atiende",
    products: [
        .executable(name: "atiende", targets: ["Serve"]),
        .executable(name: "atiende-bench", targets: ["Bench"]),
    ],
    targets: [
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CLinux"),

        .target(name: "HTTP", dependencies: ["CZlib", "CCrypto", "CLinux"], swiftSettings: strict),
        .target(name: "SQL", dependencies: ["CSQLite"], swiftSettings: strict),
        .target(name: "Markup", swiftSettings: strict),
        .target(name: "SLA", swiftSettings: strict),
        .target(
            name: "Atiende", dependencies: ["HTTP", "SQL", "Markup", "SLA", "CCrypto", "CCrypt"],
            swiftSettings: strict),
        .executableTarget(name: "Serve", dependencies: ["Atiende", "CLinux"], swiftSettings: strict),

        .executableTarget(
            name: "Bench", dependencies: ["Atiende", "HTTP", "SQL", "Markup", "SLA"], path: "Tests/Bench",
            exclude: ["Templates", "Tools"], swiftSettings: [.treatAllWarnings(as: .error)]),

        testTarget("HTTPTests", ["HTTP"]),
        testTarget("SQLTests", ["SQL", "CSQLite"]),
        testTarget("MarkupTests", ["Markup"]),
        testTarget("SLATests", ["SLA"], resources: [.copy("Golden")]),
        testTarget("AtiendeTests", ["Atiende", "HTTP", "SQL", "Markup", "SLA"]),
        testTarget("ServeTests", ["Serve"]),
    ],
    swiftLanguageModes: [.v6]
)
