/// The parts that a sandbox is made of.
struct SandboxSettings {
  /// The supervisor's program, a path, and words before its own arguments.
  var program: [String] = ["/proc/self/exe"]
  /// Without a control group, `.controlGroup` is `.signals`.
  var freezing: Freezing = .signals
  /// The group that its processes are put in, frozen or not. The sandbox removes it at its end.
  var controlGroup: ControlGroup?
  /// The limits of its processes; they go with the sandbox too.
  var limits: EnvironmentLimits?
  /// Its own part of the file system; it goes with the sandbox too.
  var folder: EnvironmentFolder?
  /// Its supervisor may become pid 1 of a namespace; where it cannot, it is a subreaper anyway.
  var mayUseNamespace = true
}
