internal import LambdaLifecycle

/// `InvocationType` without its retries, which are a key of their own.
enum InvocationWord: String, CaseIterable, Sendable {
  case synchronous, asynchronous, eventSource

  func type(_ retries: RetryPolicy) -> InvocationType {
    switch self {
    case .synchronous: .synchronous
    case .asynchronous: .asynchronous(retries)
    case .eventSource: .eventSource(retries)
    }
  }
}

extension Notation where Value == InvocationWord {
  static var invocation: Notation {
    word(InvocationWord.allCases.map { ($0.rawValue, $0) })
  }
}

extension Notation where Value == RequestKind {
  static var kind: Notation { word(kindWords) }

  static var kindWords: [(String, RequestKind)] {
    [
      ("normal", .normal), ("slow", .slow), ("handlerError", .handlerError), ("crash", .crash),
      ("outOfMemory", .outOfMemory),
      ("timeout", .hang), ("initCrash", .initCrash), ("extensionCrash", .extensionCrash),
      ("slowExtension", .slowExtension),
    ]
  }
}

/// Not less: an event that is throttled for hours would be tried for ever.
private let throttleDelay = Notation<Nanoseconds>.duration(
  .milliseconds(100) ... .seconds(7 * 86_400), "100 ms to 168 h")

extension Notation where Value == RetryPolicy {
  static var retries: Notation {
    section(
      [
        Key("maximumRetryAttempts", \.maximumRetries, .count(0...10_000)),
        Key(
          "maximumEventAge", \.maximumAge,
          .duration(.seconds(60) ... .seconds(7 * 86_400), "1 min to 168 h")),
        Key("firstDelay", \.firstDelay, .duration),
        Key("laterDelay", \.laterDelay, .duration),
        Key("throttleDelay", \.throttleDelay, throttleDelay),
        Key("longestThrottleDelay", \.longestThrottleDelay, throttleDelay),
      ], from: RetryPolicy()
    ) { reader, node, retries in
      guard retries.throttleDelay > retries.longestThrottleDelay else { return }
      reader.mistake(
        "found a throttleDelay longer than longestThrottleDelay; expected it to be at most as long",
        at: node.place)
    }
  }
}
