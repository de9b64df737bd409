// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The lessons are part of the program, which so finds them wherever it is installed.
let lessons = [
  "cold-start", "outside-the-handler", "before-init", "one-at-a-time", "freeze-and-thaw", "extensions",
  "slow-init",
  "failures", "throttling", "provisioned-concurrency", "snapstart", "memory", "playground",
]

/// What `lanes run` starts functions with is part of the program too.
let launchFiles = [
  "Clients/lanes_runtime.py", "Clients/lanes_runtime.mjs", "Clients/ask_python.py", "Clients/ask_node.cjs",
  "Clients/aws_python.py", "Clients/aws_node.mjs",
  "example-bootstrap.sh", "example_app.py",
]

/// What makes interpreters tell what lines of a function's modules cost in init.
let initHooks = ["sitecustomize.py", "lanes_why.cjs"]

let package = Package(
  name: "lambda-lanes",
  products: [.executable(name: "lanes", targets: ["lanes"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(
      url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
  ],
  targets: [
    .target(
      name: "LambdaLifecycle",
      dependencies: [
        .product(name: "HeapModule", package: "swift-collections")
      ],
      swiftSettings: settings),
    .target(
      name: "ScenarioFiles",
      dependencies: ["LambdaLifecycle", "CLibyaml"],
      swiftSettings: settings),
    .target(
      name: "LambdaEventFormats",
      dependencies: ["LambdaLifecycle"],
      swiftSettings: settings),
    .target(
      name: "EventSources",
      dependencies: [
        "LambdaLifecycle", "LambdaEventFormats", "CZlib",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: settings),
    .target(name: "CSupervisor"),
    .target(
      name: "LambdaEmulator",
      dependencies: [
        "LambdaLifecycle", "LambdaEventFormats", "EventSources", "CSupervisor",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      resources: launchFiles.map { .embedInCode("Launch/\($0)") }
        + initHooks.map { .embedInCode("Why/Hooks/\($0)") },
      swiftSettings: settings),
    .target(name: "SwimlaneUI", dependencies: ["LambdaLifecycle"], swiftSettings: settings),
    .target(
      name: "TimelineExport",
      dependencies: ["LambdaLifecycle", "LambdaEventFormats", "SwimlaneUI"],
      swiftSettings: settings),
    .systemLibrary(name: "CLibyaml", providers: [.apt(["libyaml-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .target(
      name: "CursesTerminal", dependencies: ["CNcurses", "SwimlaneUI"], swiftSettings: settings),
    .target(
      name: "LanesProgram",
      dependencies: [
        "LambdaLifecycle", "LambdaEventFormats", "EventSources", "LambdaEmulator", "SwimlaneUI",
        "TimelineExport",
        "CursesTerminal", "ScenarioFiles",
      ],
      // A link to demos/lessons: resources must lie in the target's folder.
      resources: lessons.map { .embedInCode("Lessons/\($0).yaml") },
      swiftSettings: settings),
    .executableTarget(
      name: "lanes",
      dependencies: [
        "LanesProgram", "LambdaLifecycle", "LambdaEventFormats", "EventSources", "LambdaEmulator",
        "TimelineExport",
        "CursesTerminal", "ScenarioFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    // What several test targets need.
    .target(
      name: "TestSupport", dependencies: ["SwimlaneUI", "LambdaLifecycle"], path: "Tests/TestSupport",
      swiftSettings: settings),
    .testTarget(
      name: "LambdaLifecycleTests", dependencies: ["LambdaLifecycle", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "LambdaEventFormatsTests",
      dependencies: ["LambdaEventFormats", "LambdaLifecycle", "TestSupport"],
      exclude: ["Golden"],
      resources: [.copy("Fixtures")],
      swiftSettings: settings),
    .testTarget(
      name: "CorpusTests",
      dependencies: [
        "LambdaLifecycle", "LambdaEventFormats", "EventSources", "SwimlaneUI", "TimelineExport",
        "ScenarioFiles", "LambdaEmulator", "CSupervisor",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      resources: [.copy("Corpus")],
      swiftSettings: settings),
    .testTarget(
      name: "ScenarioFilesTests", dependencies: ["ScenarioFiles", "LambdaLifecycle", "TestSupport"],
      exclude: ["Documents", "Fixtures"],
      swiftSettings: settings),
    .testTarget(
      name: "LessonTests", dependencies: ["ScenarioFiles", "SwimlaneUI", "LambdaLifecycle", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "EventSourcesTests", dependencies: ["EventSources", "LambdaLifecycle"],
      swiftSettings: settings),
    .testTarget(
      name: "LambdaEmulatorTests",
      dependencies: [
        "LambdaEmulator", "CSupervisor", "EventSources", "LambdaEventFormats", "LambdaLifecycle",
        "TestSupport",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      exclude: ["Launch/Drivers", "Sandbox/Programs", "Why/Programs"],
      swiftSettings: settings),
    .testTarget(
      name: "SwimlaneUITests",
      dependencies: ["SwimlaneUI", "LambdaLifecycle", "LambdaEventFormats", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "TimelineExportTests",
      dependencies: ["TimelineExport", "SwimlaneUI", "LambdaLifecycle", "TestSupport"],
      exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "CursesTerminalTests", dependencies: ["CursesTerminal", "CNcurses", "SwimlaneUI"],
      swiftSettings: settings),
    .testTarget(
      name: "LanesProgramTests",
      dependencies: [
        "LanesProgram", "EventSources", "SwimlaneUI", "TimelineExport", "ScenarioFiles", "LambdaLifecycle",
        "TestSupport",
      ],
      exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "ProgramTests",
      dependencies: ["TestSupport", .product(name: "Subprocess", package: "swift-subprocess")],
      exclude: ["Fixtures", "Golden", "Readers"], swiftSettings: settings),
  ]
)
