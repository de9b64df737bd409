/// A line of a function's source, as a lesson shows it.
package struct SourceLine: Equatable, Sendable {
  package var code: String
  /// How long it runs in function init and in the handler; nil where it does not run then.
  package var initTime: Nanoseconds?
  package var handlerTime: Nanoseconds?
  /// The variable in memory when it has run: a name and a value, in which `{init}` is the number of the
  /// environment's init, `{environment}` that of the environment, and `{invocation}` counts the invocations
  /// since the init.
  package var sets: [Variable] = []

  package struct Variable: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(_ code: String) { self.code = code }
}
