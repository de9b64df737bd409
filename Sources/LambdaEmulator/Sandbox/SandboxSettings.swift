/// What a sandbox is made of.
struct SandboxSettings {
  /// The supervisor's program, a path, and words before its own arguments.
  var program: [String] = ["/proc/self/exe"]
  /// Without a control group, `.controlGroup` is `.signals`.
  var freezing: Freezing = .signals
  /// Where its processes are put, frozen or not. The sandbox removes it at its end.
  var controlGroup: ControlGroup?
  /// What limits its processes; it goes with the sandbox too.
  var limits: EnvironmentLimits?
  /// What is its own in the file system; it goes with the sandbox too.
  var folder: EnvironmentFolder?
  /// Whether its supervisor may become pid 1 of a namespace; where it cannot, it is a subreaper anyway.
  var mayUseNamespace = true
}
