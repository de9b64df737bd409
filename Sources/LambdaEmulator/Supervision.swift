internal import CSupervisor

/// The first act of the program: where it was started as the supervisor of an
/// environment, it is that and never returns.
package func superviseIfAsked() {
  guard CommandLine.argc > 1, CommandLine.arguments[1] == "__supervise" else { return }
  lanes_supervise(CommandLine.argc, CommandLine.unsafeArgv)
}
