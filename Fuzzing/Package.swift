// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // The fuzzer looks where an input leads.
  .unsafeFlags(["-sanitize=fuzzer"]),
]

// As in Benchmarks, the targets of the product are links to its sources, compiled as part of this package.
let package = Package(
  name: "fuzzing",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
  ],
  targets: [
    .target(
      name: "LambdaLifecycle",
      dependencies: [.product(name: "HeapModule", package: "swift-collections")],
      swiftSettings: settings),
    .target(name: "LambdaEventFormats", dependencies: ["LambdaLifecycle"], swiftSettings: settings),
    .target(name: "SwimlaneUI", dependencies: ["LambdaLifecycle"], swiftSettings: settings),
    .target(
      name: "TimelineExport", dependencies: ["LambdaLifecycle", "LambdaEventFormats", "SwimlaneUI"],
      swiftSettings: settings),
    .target(name: "ScenarioFiles", dependencies: ["LambdaLifecycle", "CLibyaml"], swiftSettings: settings),
    // What unpacks, and checksums; the rest needs libraries that have nothing to do with decoding.
    .target(name: "EventSources", dependencies: ["CZlib"], swiftSettings: settings),
    // What speaks HTTP, and what reads what the system and supervisors tell; nothing that starts processes. What is internal
    // there is seen by the properties, as in tests.
    .target(
      name: "LambdaEmulator",
      dependencies: [
        "LambdaLifecycle", "LambdaEventFormats", "EventSources", "CSupervisor",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: settings + [.unsafeFlags(["-enable-testing"])]),
    .target(name: "CSupervisor"),
    .systemLibrary(name: "CLibyaml"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CLibFuzzer"),
    .executableTarget(
      name: "fuzzing",
      dependencies: [
        "LambdaLifecycle", "LambdaEventFormats", "SwimlaneUI", "TimelineExport", "ScenarioFiles",
        "EventSources", "LambdaEmulator", "CSupervisor", "CLibFuzzer",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: settings),
  ]
)
