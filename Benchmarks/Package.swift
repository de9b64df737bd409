// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

// The targets of the product are links to its sources: what they declare as `package` is visible here only if they
// are compiled as part of this package, and the product's own package needs nothing that measuring needs.
let package = Package(
  name: "benchmarks",
  dependencies: [
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
  ],
  targets: [
    .target(
      name: "LambdaLifecycle",
      dependencies: [
        .product(name: "HeapModule", package: "swift-collections")
      ],
      swiftSettings: settings),
    .target(name: "LambdaEventFormats", dependencies: ["LambdaLifecycle"], swiftSettings: settings),
    .target(name: "SwimlaneUI", dependencies: ["LambdaLifecycle"], swiftSettings: settings),
    .executableTarget(
      name: "benchmarks",
      dependencies: ["LambdaLifecycle", "LambdaEventFormats", "SwimlaneUI"],
      swiftSettings: settings),
  ]
)
