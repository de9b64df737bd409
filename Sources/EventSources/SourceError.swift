/// The reason why a source could not begin. The text says what was expected, what was found and what to do.
package enum SourceError: Error, Equatable, CustomStringConvertible {
  case cannotOpen(path: String, reason: String)
  case isDirectory(path: String)
  case standardInputIsTerminal
  case emptyCommand
  case commandNotFound(String)
  case cannotStart(command: String, reason: String)
  case noDescriptor(reason: String)
  case badInvokeURL(String, reason: String)
  case badListenAddress(String)
  case cannotListen(String, reason: String)
  /// `--log-group` needs the AWS CLI.
  case noAWS
  /// The error that `aws` printed when it failed for good.
  case aws(String)
  case noLogGroup(String)

  package var description: String {
    switch self {
    case .cannotOpen(let path, let reason):
      "cannot read \(path): \(reason). Name a file or FIFO that you may read, or - for standard input."
    case .isDirectory(let path):
      "\(path) is a directory. Name a file in it, a FIFO, or - for standard input."
    case .standardInputIsTerminal:
      "expected events on standard input, but it is a terminal. Pipe them in, for example: "
        + "PROGRAM | lanes watch -"
    case .emptyCommand:
      "expected a command after --, found nothing. For example: lanes watch -- aws-lambda-rie COMMAND"
    case .commandNotFound(let command):
      "cannot start \(command): no such program\(command.contains("/") ? "" : " in PATH"). "
        + "Check its spelling or give its full path."
    case .cannotStart(let command, let reason):
      "cannot start \(command): \(reason). Check that it is a program that you may run."
    case .noDescriptor(let reason):
      "the system gave no descriptor: \(reason). Close other programs or raise the limit (ulimit -n)."
    case .badListenAddress(let text):
      "\(text) is not an address to listen on: expected PORT or HOST:PORT, for example 4243 or 0.0.0.0:4243"
    case .noAWS:
      "--log-group runs the AWS CLI, but there is no program aws in PATH. Install it (https://aws.amazon.com/cli, or "
        + "pip install awscli) and check that this works: aws logs describe-log-groups"
    case .aws(let words): words
    case .noLogGroup(let name):
      "--log-group \(name): no log group has such a name. Check its spelling, the region and the profile: "
        + "aws logs describe-log-groups lists those there are."
    case .cannotListen(let address, let reason):
      "cannot listen on \(address): \(reason). Choose another port, or end what listens there."
    case .badInvokeURL(let text, let reason):
      "\(text) is not an invoke URL: \(reason). It looks like http://127.0.0.1:8080\(InvokeURL.defaultPath)"
    }
  }
}
