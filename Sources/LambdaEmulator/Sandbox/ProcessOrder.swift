/// The owner of a process's output.
enum OutputOwner: Sendable { case function, extensions }

/// A name for a process that its sandbox's owner chooses; never used twice in one sandbox.
typealias ProcessKey = UInt32

/// A process to be started.
struct ProcessOrder: Sendable {
  /// The program first: a path, or a name that is looked up in the PATH of `environment`.
  var arguments: [String]
  /// Each `NAME=value`.
  var environment: [String]
  var directory: String
  var output: OutputOwner
}
