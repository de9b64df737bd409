/// A line of `cargo lambda watch` about an instance: ` INFO spawning function instance function="x"
/// instance_id=UUID`.
struct CargoLambdaLine {
  enum Kind: Equatable {
    case spawning, starting, terminating
    /// With `-v`: the instance has asked for an event, and there is none.
    case ready
    /// With `-v`: the instance has asked for an event and gets this one.
    case request(String)
  }

  var kind: Kind
  var function: String
  var instance: String

  /// Reads a line; nil if it says nothing of an instance.
  init?(_ line: UnsafeRawBufferPointer) {
    guard Self.isOfTool(line) else { return nil }
    let fields = Fields(line)
    // A UUID, or Some(UUID).
    guard var id = fields["instance_id="] else { return nil }
    if id.hasPrefix("Some(") { id = id.slice(5, id.count - 1) }
    guard id.count == 36, let name = fields["function="] ?? fields["function_name="] else { return nil }
    instance = id.text
    function = name.text
    func says(_ words: StaticString) -> Bool { line.firstIndex(of: words) != nil }
    if says(" spawning function instance ") {
      kind = .spawning
    } else if says(" starting lambda function instance ") {
      kind = .starting
    } else if says(" terminating lambda function instance ") {
      kind = .terminating
    } else if says(" instance marked idle ") {
      kind = .ready
    } else if says(" processing request "), let request = fields["req_id="] {
      kind = .request(request.text)
    } else {
      return nil
    }
  }

  /// True if the line has the form of its log: a level in five columns, and no time.
  static func isOfTool(_ line: UnsafeRawBufferPointer) -> Bool {
    [" INFO ", "ERROR ", " WARN ", "DEBUG ", "TRACE "].contains { (level: StaticString) in
      line.hasPrefix(level)
    }
  }

  /// True if a line is of this tool and of no other program.
  static func recognizes(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.count <= 4_096 else { return false }
    return CargoLambdaLine(line) != nil
      || (isOfTool(line) && line.firstIndex(of: "starting Runtime server runtime_addr=") != nil)
  }
}
