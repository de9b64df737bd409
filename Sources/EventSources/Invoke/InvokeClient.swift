internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// Sends requests to an emulator: one after another where it cannot take two at once, as the Runtime Interface Emulator.
package final class InvokeClient: Sendable {
  private struct Request: Sendable {
    var number: Int
    var payload: [UInt8]
    var patience: Duration
    var isAlone: Bool
  }

  package let url: InvokeURL
  private let requests: AsyncStream<Request>.Continuation
  private let count = Atomic<Int>(0)
  private let work: Task<Void, Never>

  /// Nothing is started or connected before the first request.
  package init(_ url: InvokeURL, results inbox: Inbox) {
    self.url = url
    let (stream, continuation) = AsyncStream.makeStream(of: Request.self)
    requests = continuation
    work = Task.detached {
      await withDiscardingTaskGroup { group in
        for await request in stream {
          if request.isAlone {
            await Self.send(request, to: url, inbox)
          } else {
            group.addTask { await Self.send(request, to: url, inbox) }
          }
        }
      }
    }
  }

  private static func send(_ request: Request, to url: InvokeURL, _ inbox: Inbox) async {
    let sent = currentTime()
    let outcome = await answer(to: request, at: url)
    inbox.put(
      .invokeFinished(
        InvokeResult(number: request.number, outcome: outcome, sent: sent, finished: currentTime())))
  }

  deinit { close() }

  /// Queues a request; its result is delivered as `invokeFinished`.
  /// - Parameters:
  ///   - payload: the event, JSON as a rule.
  ///   - patience: how long to try again while nothing listens, because the emulator has just been started.
  ///   - isAlone: it begins when the one before has been answered; else at once.
  /// - Returns: the request's number, from 1 on.
  @discardableResult
  package func invoke(_ payload: [UInt8], patience: Duration = .zero, isAlone: Bool = true) -> Int {
    let number = count.add(1, ordering: .relaxed).newValue
    requests.yield(Request(number: number, payload: payload, patience: patience, isAlone: isAlone))
    return number
  }

  /// Drops the queued requests and gives up on the one under way: at quit.
  package func close() {
    requests.finish()
    work.cancel()
  }

  private static func answer(to request: Request, at url: InvokeURL) async -> InvokeResult.Outcome {
    let deadline = ContinuousClock.now + request.patience
    while true {
      do {
        let channel = try await connect(to: url)
        return await channel.exchange(request.payload, url: url)
      } catch {
        let canRetry = error.isRefusal && ContinuousClock.now < deadline && !Task.isCancelled
        guard canRetry, (try? await Task.sleep(for: .milliseconds(50))) != nil else {
          return .failed(explanation(of: error, at: url))
        }
      }
    }
  }

  /// One connection at a time needs one thread; it is started with the first request and lives on.
  private static let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)

  private static func connect(to url: InvokeURL) async throws -> Exchange {
    let channel = try await ClientBootstrap(group: group)
      .connectTimeout(.seconds(2))
      .connect(host: url.host, port: url.port).get()
    let outcome = try await channel.eventLoop.submit {
      try channel.pipeline.syncOperations.addHTTPClientHandlers()
      let outcome = channel.eventLoop.makePromise(of: InvokeResult.Outcome.self)
      try channel.pipeline.syncOperations.addHandler(AnswerCollector(outcome))
      return outcome.futureResult
    }.get()
    return Exchange(channel: channel, outcome: outcome)
  }

  private static func explanation(of error: any Error, at url: InvokeURL) -> String {
    if error.isRefusal {
      return "nothing listens on \(url.authority): is the emulator running? --invoke URL names another"
    }
    if case .connectTimeout = error as? ChannelError {
      return "\(url.authority) did not take the connection within 2 s; --invoke URL names another"
    }
    return "cannot connect to \(url.authority): \(error); --invoke URL names another"
  }
}

extension Error {
  /// The other side's system answered that nobody listens there.
  fileprivate var isRefusal: Bool {
    if let error = self as? NIOConnectionError {
      return error.dnsAError == nil && error.dnsAAAAError == nil
        && error.connectionErrors.contains { $0.error.isRefusal }
    }
    return (self as? IOError)?.errnoCode == connectionRefused
  }
}
