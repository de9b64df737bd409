internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

// Calls, on their way to runtimes and back to callers.

extension EmulatedFleet: InvokeCalls {
  var wallTime: Timestamp { clock.wall(clock.now) }

  func invoke(_ request: CallRequest) { arrive(add(request)) }

  func enqueue(_ request: CallRequest) -> Bool {
    guard driver.world.queue.hasRoom(for: request.event) else { return false }
    let call = add(request)
    driver.world.queue.add(call)
    arrive(call)
    return true
  }

  private func arrive(_ call: InvokeCall) {
    passTime()
    driver.arrive(FleetRequest(call.number, function: 0, id: call.id), &log)
    tell(.event, call.event, of: call)
    settle()
  }

  /// Gives up an event of the queue.
  func drop(_ number: CallNumber) {
    guard let call = take(number) else { return }
    driver.world.queue.remove(call)
  }

  /// Says how many events of the queue are lost, for nobody tries them again when lanes has ended.
  func giveUpEvents() {
    let count = driver.world.queue.count
    guard count > 0 else { return }
    let words = "\(count) event\(count == 1 ? "" : "s") given up that waited for another attempt"
    log.append(
      LifecycleEvent(time: clock.now, function: function, kind: .marker(log.catalog.name(words))))
  }

  func deliver(
    _ number: CallNumber, _ id: RequestID, _ invocation: Invocation, until deadline: Timestamp,
    _ member: FleetMember
  ) {
    guard let environment = environments[member.birth], let call = calls[number] else { return }
    call.isAnswered = false
    call.attempts += 1
    let text = id.uuid
    // Attempts at one event have one request id, and each an id of its own (runtimes-api page).
    let attempt = call.attempts == 1 ? text : newID().uuid
    var fields = [
      ("Lambda-Runtime-Aws-Request-Id", text),
      ("Lambda-Runtime-Deadline-Ms", String(wallDeadline(deadline) / .milliseconds(1))),
      ("Lambda-Runtime-Invoked-Function-Arn", call.wishes.arn(region: settings.region)),
      ("Lambda-Runtime-Invocation-Id", attempt),
      ("Content-Type", "application/json"),
    ]
    fields.append(("Lambda-Runtime-Trace-Id", call.trace))
    if let context = call.wishes.clientContext { fields.append(("Lambda-Runtime-Client-Context", context)) }
    if call.wishes.wantsLog { environment.tail.begin("START RequestId: \(text) Version: $LATEST") }
    environment.deliver(
      RuntimeEvent(fields: fields, body: call.event),
      EmulatedEnvironment.Work(
        call: number, id: id, text: text, attempt: attempt, invocation: invocation, trace: call.trace,
        version: call.wishes.version,
        begin: environment.initialization.takeSuppressedBegin() ?? clock.now))
  }

  func respond(_ number: CallNumber, _ outcome: Outcome, _ error: ErrorType, _ member: FleetMember) {
    guard let call = calls[number] else { return }
    let isEvent = driver.world.queue.contains(number)
    // An event that has failed is tried again, or dropped, which comes as an order of its own.
    if !isEvent || !outcome.isBad { drop(number) }
    let environment = environments[member.birth]
    let answer = call.result ?? failure(of: call, error, in: environment)
    call.result = nil
    call.isAnswered = true
    var facts = AnswerFacts(request: call.id, version: call.wishes.version)
    // An init ahead of requests is billed by itself.
    let initDuration = environment.flatMap { environment in
      environment.initialization.takeDuration().flatMap { environment.type == .onDemand ? $0 : nil }
    }
    if call.wishes.wantsLog, let environment {
      environment.sandbox.drainOutput()
      printedAll(environment)
      environment.tail.add("END RequestId: \(call.id.uuid)")
      let begin =
        environment.work?.begin ?? environment.initialization.takeSuppressedBegin() ?? clock.now
      environment.tail.add(
        InvocationReport(
          request: call.id.uuid, duration: clock.now &- begin, initDuration: initDuration,
          memoryMB: environment.memoryMB, maxMemoryUsedMB: environment.sandbox.peakMegabytes()
        ).line)
      facts.log = environment.tail.encoded
    }
    let status = call.caller?.answer(answer, facts) ?? (isEvent ? .accepted : .ok)
    tell(.answer, answer.body, bytes: answer.bytes, of: call)
    answered(
      AnsweredCall(
        call, status: Int(status.code), answer.body, failed: answer.errorType != nil, isEvent: isEvent))
  }

  /// Records the event of a caller or the answer to it, as much of it as one looks at.
  /// - Parameter bytes: its length, where the body is only its beginning.
  private func tell(_ side: Payload.Side, _ body: ByteBuffer, bytes: Int? = nil, of call: InvokeCall) {
    let text = body.readableBytesView.prefix(4 << 10).withUnsafeBytes { log.text.append($0) }
    let payload = Payload(side, text, bytes: Int64(bytes ?? body.readableBytes))
    log.append(
      LifecycleEvent(time: clock.now, function: function, request: call.id, kind: .payload(payload)))
  }

  /// The caller's answer where the function has given none (troubleshooting-invocation page).
  private func failure(
    of call: InvokeCall, _ error: ErrorType, in environment: EmulatedEnvironment?
  ) -> FunctionAnswer {
    if error != .sandboxTimedout, let told = environment?.initFailure { return told }
    let words: String
    if error == .sandboxTimedout {
      words = "Task timed out after \(hundredths(environment?.timeout ?? 0, of: .seconds(1))) seconds"
    } else {
      words = environment?.end ?? "Runtime exited"
    }
    let type = error == .none ? "Runtime.Unknown" : log.catalog.text(error.name)
    return FunctionAnswer(error: type, text: "RequestId: \(call.id.uuid) Error: \(words)")
  }

  func reject(_ number: CallNumber, _ rejection: Rejection) {
    // An event of the queue is tried again.
    guard !driver.world.queue.contains(number), let call = take(number) else { return }
    let refusal: InvokeRefusal
    switch rejection {
    case .throttled(let reason):
      refusal = InvokeRefusal(
        .tooManyRequests, "TooManyRequestsException", "Rate Exceeded.", reason: reason.text)
    case .refused(let error):
      refusal = InvokeRefusal(.conflict, log.catalog.text(error.name), "The function cannot be called now")
    }
    var fields = [("X-Amzn-RequestId", call.id.uuid)]
    if case .throttled = rejection { fields.append(("Retry-After", "1")) }
    call.caller?.refuse(refusal, fields)
    answered(AnsweredCall(call, status: Int(refusal.status.code), refusal.body, failed: true))
  }

  /// A function's deadline by the wall clock: in a day where there is none.
  func wallDeadline(_ deadline: Timestamp) -> Timestamp {
    clock.wall(deadline == .never ? clock.now &+ .seconds(86_400) : deadline)
  }
}
