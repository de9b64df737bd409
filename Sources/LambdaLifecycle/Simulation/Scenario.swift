/// The subject of a simulation: functions, how long their parts take, and their traffic.
package struct Scenario: Equatable, Sendable {
  /// Empty where nobody gave one.
  package var title = ""
  package var account = AccountQuotas()
  /// At least one.
  package var functions = [FunctionScenario()]
  package var traffic: [Traffic] = []
  package var prices = PriceTable()
  /// The actions on it while it runs, in order of time.
  package var actions: [ScenarioAction] = []

  package init() {}

  /// The only function, or the first of several.
  package var function: FunctionScenario {
    get { functions[0] }
    set { functions[0] = newValue }
  }
}

/// The quotas of an account in a Region at once.
package struct AccountQuotas: Equatable, Sendable {
  /// Requests in flight: 1,000 by default (quotas page).
  package var concurrency = 1_000
  /// Requests a second for each unit of concurrency: 10 (concurrency page).
  package var requestsPerConcurrency = 10
  /// Environments that one function may add in ten seconds, refilled continuously and not saved up: 1,000 (scaling
  /// behaviour page).
  package var environmentsPer10s = 1_000

  package init() {}

  /// Requests a second that go with so much concurrency.
  func requestsPerSecond(_ concurrency: Int) -> Int {
    let product = concurrency.multipliedReportingOverflow(by: requestsPerConcurrency)
    return product.overflow ? .max : product.partialValue
  }
}

/// How a request behaves in the handler.
package enum RequestKind: UInt8, CaseIterable, Sendable {
  case normal
  /// The handler takes five times as long.
  case slow
  /// The handler throws: the caller gets an error, the environment stays warm.
  case handlerError
  /// The runtime's process ends.
  case crash
  case outOfMemory
  /// The handler does not come back before the timeout.
  case hang
  /// The runtime's process ends during function init, should this request need one.
  case initCrash
  /// An extension's process ends when the handler has answered; just before, where none is at work then.
  case extensionCrash
  /// An extension takes much longer than usual.
  case slowExtension
}
