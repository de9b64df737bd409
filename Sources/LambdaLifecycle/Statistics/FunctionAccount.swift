/// The waits of the callers of one of several functions, and its bill.
package struct FunctionAccount: Sendable {
  package var waits = Waits()
  /// Invocations that have ended.
  package var invocations = 0
  /// Of invocations, and of inits that are billed apart.
  package var milliseconds: Int64 = 0
  package var billing = Billing()

  package init() {}

  mutating func add(_ request: RequestRow) {
    invocations += 1
    if request.tariff != nil { milliseconds += Int64(max(0, request.billedMs)) }
    billing.add(request)
  }

  mutating func add(_ bill: InitBill) {
    milliseconds += Int64(bill.milliseconds)
    billing.add(bill)
  }
}

extension PriceTable {
  /// US dollars of one of several functions: its invocations and their GB-seconds.
  package func cost(of figures: FunctionAccount) -> Double {
    cost(invocations: figures.invocations, figures.billing)
  }
}
