/// A line of `sam local` itself. Sources: samcli/commands/local/lib/local_lambda.py,
/// samcli/local/docker/container.py, samcli/local/lambdafn/runtime.py of aws/aws-sam-cli.
enum SAMLocalLine {
  /// `Invoking app.handler (python3.12)`
  case invoking(handler: String, runtime: String)
  /// `Invoking Container created from myimage:latest`
  case invokingImage(String)
  /// `SAM_CONTAINER_ID: <64 hexadecimal digits>`
  case container(String)
  /// `Function 'HelloWorld' timed out after 3 seconds`
  case timedOut
  /// `Execution of function HelloWorld was interrupted`
  case interrupted
  /// `Mounting HelloWorld at http://127.0.0.1:3000/hello [GET]` and others of no concern to the lanes.
  case other

  /// Reads a line; nil if it is not one of these. With a debug option a time and ` | ` stand before the message.
  init?(_ line: UnsafeRawBufferPointer) {
    let bar = line.count > 26 && line.hasPrefix(" | ", at: 23) ? 26 : 0
    let message = line.slice(from: bar)
    if message.hasPrefix("SAM_CONTAINER_ID: ") {
      let id = message.slice(from: 18)
      guard id.count == 64, id.allSatisfy({ hexadecimalDigit($0) != nil }) else { return nil }
      self = .container(id.slice(0, 12).text)
    } else if message.hasPrefix("Invoking Container created from ") {
      self = .invokingImage(message.slice(from: 32).text)
    } else if message.hasPrefix("Invoking "), message.last == UInt8(ascii: ")"),
      let open = message.firstIndex(of: " (")
    {
      self = .invoking(
        handler: message.slice(9, open).text, runtime: message.slice(open + 2, message.count - 1).text)
    } else if message.hasPrefix("Function '"), message.firstIndex(of: "' timed out after ") != nil {
      self = .timedOut
    } else if message.hasPrefix("Execution of function "), message.firstIndex(of: " was interrupted") != nil {
      self = .interrupted
    } else if Self.others.contains(where: { message.hasPrefix($0) }) {
      self = .other
    } else {
      return nil
    }
  }

  private static let others: [StaticString] = [
    "Mounting ", "Local image ", "Using local image: ", "Building image", "No response from invoke container",
    "Containers Initialization is done", "Initializing the lambda functions containers",
    "Reading invoke payload from stdin", "You can now browse to ", "Press CTRL+C to quit",
  ]

  /// True if a line is of `sam local` and of no other program.
  static func recognizes(_ line: UnsafeRawBufferPointer) -> Bool {
    switch SAMLocalLine(line) {
    case .container: return true
    case .invokingImage: return true
    case .invoking(let handler, let runtime):
      // Such as `Invoking app.handler (python3.12)`.
      return !handler.contains(" ") && !runtime.contains(" ")
    case .other:
      return line.firstIndex(of: " inside runtime container") != nil
        || (line.hasPrefix("Mounting ") && line.firstIndex(of: " at http") != nil)
    case .timedOut, .interrupted, nil: return false
    }
  }
}
