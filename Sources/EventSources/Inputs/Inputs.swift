internal import Glibc
package import LambdaEventFormats
package import LambdaLifecycle

/// The sources of a session: any number of inputs, which deliver into one inbox and are decoded into one log.
///
/// Bytes arrive on threads of their own and are decoded here, on the main thread, within the budget of a frame.
package final class Inputs {
  package private(set) var inputs: [Input] = []
  /// The outcomes of requests that were sent, to be shown once.
  package var requestMessages: [String] = []

  let inbox: Inbox
  private let format: StreamFormat?
  var emulators: [Int: Emulator] = [:]
  private var files: [FileSource] = []
  var logGroups: [LogGroupSource] = []
  /// The work that reads stretches of log groups to their ends.
  var logGroupReading: LogGroupReading?
  private var listeners: [Int: (listener: TelemetryListener, streams: PostedStreams)] = [:]
  /// The inputs of posted events, by listener and stream.
  private var posted: [PostedStream: Int] = [:]
  private var openInputs = 0

  /// - Parameter format: the format of all inputs; nil to recognise it by the lines of each.
  /// - Throws: `SourceError`.
  package init(format: StreamFormat?) throws(SourceError) {
    inbox = try Inbox()
    self.format = format
  }

  /// Readable while something waits to be read: for `poll`.
  package var descriptor: Int32 { inbox.descriptor }
  package var hasEnded: Bool { openInputs == 0 && !inputs.isEmpty }
  package var lines: Int { inputs.reduce(0) { $0 + $1.status.lines } }

  // MARK: Beginning

  /// Reads a file, a FIFO or standard input.
  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - follow: goes on as the file grows.
  ///   - tellsArrival: the bytes are read as they are written.
  ///   - format: of this file; nil for that of all inputs.
  /// - Throws: `SourceError`.
  package func start(
    file path: String, follow: Bool, tellsArrival: Bool, format: StreamFormat? = nil,
    in log: inout EventLog
  ) throws(SourceError) {
    let name = path == "-" ? "stdin" : fileName(path)
    let number = addInput(name, tellsArrival: tellsArrival, format: format, in: &log)
    files.append(try FileSource.start(path: path, follow: follow, source: number, into: inbox))
  }

  /// Starts a command and reads its output.
  /// - Parameters:
  ///   - url: where the emulator that it is takes requests.
  ///   - hint: the advice for a user who wants to send a request where no address is known.
  /// - Returns: the process group, which the caller ends with the program.
  /// - Throws: `SourceError`.
  package func start(
    command: [String], invoke url: InvokeURL?, hint: String = "", in log: inout EventLog
  ) throws(SourceError) -> Int32 {
    let number = addInput(fileName(command.first ?? ""), tellsArrival: true, in: &log)
    let child = try ChildProcess.start(command, source: number, into: inbox)
    return take(child, as: number, url, hint)
  }

  /// Starts a line for the shell, as the user typed it, and reads its output.
  /// - Parameter url: where the emulator that it starts takes requests; nil to take the address from the
  ///   line, or from the port that it listens on.
  /// - Returns: the process group, which the caller ends with the program.
  /// - Throws: `SourceError`.
  package func start(
    shell line: String, invoke url: InvokeURL? = nil, in log: inout EventLog
  ) throws(SourceError) -> Int32 {
    let words = ShellLine(line).words
    let emulator = EmulatorCommand(words)
    let number = addInput(fileName(words.first ?? "sh"), tellsArrival: true, in: &log)
    let child = try ChildProcess.start(shell: line, source: number, into: inbox)
    return take(child, as: number, url ?? emulator.url, emulator.hint)
  }

  private func take(_ child: ChildProcess, as number: Int, _ url: InvokeURL?, _ hint: String) -> Int32 {
    emulators[number] = Emulator(
      client: url.map { InvokeClient($0, results: inbox) }, child: child, hint: hint)
    return child.processIdentifier
  }

  /// Listens for events that environments post, as the Telemetry API does; it ends with us.
  /// - Returns: where it listens.
  /// - Throws: `SourceError`.
  @discardableResult
  package func listen(
    on address: ListenAddress, in log: inout EventLog
  ) throws(SourceError) -> ListenAddress {
    let number = inputs.count
    let listener = try TelemetryListener.start(address, source: number, into: inbox)
    _ = addInput("\(listener.address)", tellsArrival: true, in: &log)
    listeners[number] = (listener, PostedStreams())
    return listener.address
  }

  /// An emulator that somebody else started, and whose stream is the last input, takes requests there.
  package func acceptRequests(at url: InvokeURL) {
    guard !inputs.isEmpty else { return }
    emulators[inputs.count - 1, default: Emulator()].client = InvokeClient(url, results: inbox)
  }

  /// - Parameters:
  ///   - isOpen: the session goes on until it has ended.
  ///   - mayBeSilent: it is no failure if nothing is understood.
  func addInput(
    _ name: String, tellsArrival: Bool, isOpen: Bool = true, format: StreamFormat? = nil,
    function: String = "", mayBeSilent: Bool = false, in log: inout EventLog
  ) -> Int {
    let same = inputs.count { $0.status.name == name || $0.status.name.hasPrefix("\(name) (") }
    let unique = same == 0 ? name : "\(name) (\(same + 1))"
    // A session has its first source from the beginning.
    let source =
      inputs.isEmpty ? SourceID(rawValue: 0) : log.catalog.addSource(Source(name: unique))
    log.catalog[source].name = unique
    inputs.append(
      Input(
        source: source, name: unique, format: format ?? self.format, tellsArrival: tellsArrival,
        function: function, mayBeSilent: mayBeSilent))
    if isOpen { openInputs += 1 }
    return inputs.count - 1
  }

  // MARK: Reading

  /// Waits until there is something to read, here or at another descriptor.
  /// - Parameter milliseconds: at most this long; -1 for as long as it takes.
  package func wait(or other: Int32 = -1, milliseconds: Int32 = -1) {
    var descriptors = [
      pollfd(fd: inbox.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: other, events: Int16(POLLIN), revents: 0),
    ]
    poll(&descriptors, 2, milliseconds)
  }

  /// Decodes bytes that have arrived, at most about `maxBytes`.
  /// - Returns: true if there was anything.
  @discardableResult
  package func read(into log: inout EventLog, maxBytes: Int) -> Bool {
    let notices = inbox.take(maxBytes: maxBytes)
    for notice in notices {
      switch notice {
      case .chunk(let chunk): inputs[chunk.source].decode(chunk, into: &log)
      case .ended(let source):
        inputs[source].finish(into: &log)
        openInputs -= 1
      case .failed(let source, let message): inputs[source].fail(message)
      case .begunAnew(let source, let reason): inputs[source].beginAnew(reason)
      case .stalled(let source, let reason, let until): inputs[source].stall(reason, until: until)
      case .childExited(let source, let status): inputs[source].childExited(status)
      case .posted(let post): decode(post, into: &log)
      case .refused(let source, let reason): inputs[source].refuse(reason)
      case .invokeFinished(let result): requestMessages.append(result.description)
      }
    }
    return !notices.isEmpty
  }

  /// Decodes a stream that is there as a whole.
  func decodeAll(_ chunk: Chunk, into log: inout EventLog) {
    inputs[chunk.source].decode(chunk, into: &log)
    inputs[chunk.source].finish(into: &log)
  }

  /// The share of the files that has been read, 0 to 1; nil where the size of one is not known.
  package var readShare: Double? {
    let all = files.map(\.progress)
    let known = all.compactMap { $0 }
    guard known.count == all.count, !known.isEmpty else { return nil }
    let size = known.reduce(0) { $0 + $1.size }
    return size > 0 ? Double(known.reduce(0) { $0 + $1.read }) / Double(size) : nil
  }

  /// Something is in the way of an input: the words about it change with every second.
  package var isStalled: Bool { inputs.contains(where: \.isStalled) }

  /// Environments that post are inputs of their own, opened by their first body and never closed: a frozen one is
  /// silent.
  private func decode(_ post: Post, into log: inout EventLog) {
    guard let stream = listeners[post.source]?.streams.stream(of: post) else { return }
    inputs[post.source].listens()
    let key = PostedStream(listener: post.source, stream: stream)
    let number: Int
    if let known = posted[key] {
      number = known
    } else {
      number = addInput(stream.name, tellsArrival: true, isOpen: false, in: &log)
      posted[key] = number
      if case .path(let name) = stream { log.catalog[inputs[number].status.source].environmentPrefix = name }
    }
    // A body is one line, even if its sender does not end it.
    let chunk = Chunk(
      source: number, stream: .data, arrival: post.arrival, bytes: post.bytes + [UInt8(ascii: "\n")])
    inputs[number].decode(chunk, into: &log)
  }

  /// The state of each input so far; rates are of the second before `now`.
  package func statuses(at now: Timestamp) -> [SourceStatus] {
    for index in inputs.indices { inputs[index].update(at: now) }
    return inputs.map(\.status)
  }

  // MARK: Ending

  /// Ends everything that was started, and waits for the children's groups to be gone. Their last words are
  /// read: an emulator's last lines report the shutdown.
  package func stop(into log: inout EventLog) {
    files.forEach { $0.stop() }
    logGroups.forEach { $0.stop() }
    logGroups.forEach { $0.waitForEnd() }
    listeners.values.forEach { $0.listener.stop() }
    for (_, emulator) in emulators { emulator.client?.close() }
    // All at once, so that the time they may take is not added up.
    for (_, emulator) in emulators { emulator.child?.terminateGroup() }
    for (_, emulator) in emulators {
      emulator.child?.endGroup { self.read(into: &log, maxBytes: 1 << 20) }
    }
    readLastWords(into: &log)
    inbox.close()
  }

  private var childrenHaveEnded: Bool {
    emulators.filter { $0.value.child != nil }.keys.allSatisfy { inputs[$0].status.state.isOver }
  }

  /// A child that has ended leaves lines in its pipes; their end comes soon, unless somebody who left its group keeps
  /// them open.
  private func readLastWords(into log: inout EventLog) {
    guard emulators.contains(where: { $0.value.child != nil }) else { return }
    let deadline = ContinuousClock.now + .seconds(2)
    while !childrenHaveEnded, ContinuousClock.now < deadline {
      wait(milliseconds: 50)
      read(into: &log, maxBytes: 1 << 20)
    }
  }
}

/// The last part of a path.
private func fileName(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

/// A stream of a listener.
private struct PostedStream: Hashable {
  var listener: Int
  var stream: PostedStreams.Stream
}
