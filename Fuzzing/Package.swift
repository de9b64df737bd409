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
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
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
    // What unpacks; the rest needs libraries that have nothing to do with decoding.
    .target(name: "EventSources", dependencies: ["CZlib"], swiftSettings: settings),
    .systemLibrary(name: "CLibyaml"),
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CLibFuzzer"),
    .executableTarget(
      name: "fuzzing",
      dependencies: [
        "LambdaLifecycle", "LambdaEventFormats", "SwimlaneUI", "TimelineExport", "ScenarioFiles",
        "EventSources", "CLibFuzzer",
      ],
      swiftSettings: settings),
  ]
)
