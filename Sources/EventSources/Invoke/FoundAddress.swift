/// The address where a process or one that it started takes requests, found by the ports they listen on.
enum FoundAddress: Equatable {
  /// No process listens yet, or the system does not show it.
  case none
  case url(InvokeURL)
  /// A process listens, and only the user knows how to send it requests; the advice for him.
  case hint(String)

  /// The Runtime API of the Runtime Interface Emulator, which takes no requests
  /// (github.com/aws/aws-lambda-runtime-interface-emulator, README).
  private static let runtimeAPIPort = 9_001
  /// The ports of the debuggers of Node.js, Java and Python by default: they listen before the function's own
  /// server does.
  private static let debuggerPorts = [9_229, 5_005, 5_678]

  /// - Parameter sockets: of the whole family.
  init(_ sockets: [ListeningSocket]) {
    for socket in sockets {
      // A script's interpreter stands before it.
      for command in [EmulatorCommand(socket.words), EmulatorCommand(Array(socket.words.dropFirst()))] {
        if let url = command.url {
          // As long as it does not listen there, no other port counts.
          self = sockets.contains { $0.port == url.port } ? .url(url) : .none
          return
        }
        if !command.hint.isEmpty {
          self = .hint(command.hint)
          return
        }
      }
    }
    var places: [(host: String, port: Int)] = []
    for socket in sockets where !places.contains(where: { $0.port == socket.port }) {
      places.append((socket.host, socket.port))
    }
    places.removeAll { $0.port == Self.runtimeAPIPort || Self.debuggerPorts.contains($0.port) }
    switch places.count {
    case 0: self = .none
    case 1: self = .url(InvokeURL(host: places[0].host, port: places[0].port))
    default:
      let names = places.map { InvokeURL(host: $0.host, port: $0.port).authority }
      self = .hint(
        "it listens on \(names.joined(separator: " and ")): say with --invoke which of them takes requests")
    }
  }

  /// - Parameter process: whose family is asked.
  init(of process: Int32) { self.init(ListeningSocket.all(of: ProcessEntry.family(of: process))) }
}
