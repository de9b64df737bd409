package import LambdaLifecycle

/// The part of a function's settings that stands in the header.
package struct HeaderSettings: Equatable, Sendable {
  package var name: String
  /// Settings that decide who is served, and how.
  package var concurrency: [String] = []
  /// The most important first.
  package var others: [String] = []

  /// - Parameter count: how many functions there are.
  package init(
    _ name: String, _ function: FunctionDescription?, of count: Int = 1, _ catalog: Catalog,
    idleTimeout: Nanoseconds?
  ) {
    self.name = name
    if let function { add(function, catalog) }
    if let idleTimeout, idleTimeout >= 0 { others.append("idle timeout \(text(ofSetting: idleTimeout))") }
    if count > 1 { others.append("one of \(count) functions") }
  }

  private mutating func add(_ function: FunctionDescription, _ catalog: Catalog) {
    if function.reservedConcurrency >= 0 {
      concurrency.append("reserved concurrency \(function.reservedConcurrency)")
    }
    if function.provisionedConcurrency > 0 {
      concurrency.append("provisioned concurrency \(function.provisionedConcurrency)")
    } else if function.initializationType != .unknown, function.initializationType != .onDemand {
      concurrency.append(function.initializationType.wireName)
    }
    if function.memoryMB >= 0 { others.append(text(ofMegabytes: Int64(function.memoryMB))) }
    let runtime = catalog.text(function.runtime)
    if !runtime.isEmpty { others.append(runtime) }
    if function.architecture == .arm64 { others.append("arm64") }
  }

  /// Fewer and fewer of them: what they say of concurrency stays longer than all others, the name included.
  var choices: [[String]] {
    let first = ([name] + concurrency).filter { !$0.isEmpty }
    let whole = stride(from: others.count, through: 0, by: -1).map { first + others.prefix($0) }
    return whole + [concurrency, Array(concurrency.prefix(1)), concurrency.isEmpty ? [name] : []]
  }
}
