internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

// What callers are given, and runtimes for them.

extension EmulatedFleet: InvokeCalls {
  func invoke(_ event: ByteBuffer, reply: HTTPReply?, _ wishes: CallerWishes) {
    let call = add(event, reply: reply, wishes)
    passTime()
    driver.arrive(FleetRequest(call.number, function: 0, id: call.id), &log)
    tell(.event, event, of: call)
    settle()
  }

  func deliver(
    _ number: CallNumber, _ id: RequestID, _ invocation: Invocation, until deadline: Timestamp,
    _ member: FleetMember
  ) {
    guard let environment = environments[member.birth], let call = calls[number] else { return }
    let text = id.uuid
    let limit = deadline == .never ? clock.now &+ .seconds(86_400) : deadline
    var fields = [
      ("Lambda-Runtime-Aws-Request-Id", text),
      ("Lambda-Runtime-Deadline-Ms", String(clock.wall(limit) / .milliseconds(1))),
      ("Lambda-Runtime-Invoked-Function-Arn", call.wishes.arn(region: settings.region)),
      ("Lambda-Runtime-Invocation-Id", text),
      ("Content-Type", "application/json"),
    ]
    fields.append(("Lambda-Runtime-Trace-Id", call.wishes.traceID ?? traceID(of: id)))
    if let context = call.wishes.clientContext { fields.append(("Lambda-Runtime-Client-Context", context)) }
    if call.wishes.wantsLog { environment.tail.begin("START RequestId: \(text) Version: $LATEST") }
    environment.deliver(
      RuntimeEvent(fields: fields, body: call.event),
      EmulatedEnvironment.Work(call: number, id: id, text: text, invocation: invocation, begin: clock.now))
  }

  func respond(_ number: CallNumber, _ outcome: Outcome, _ error: ErrorType, _ member: FleetMember) {
    guard let call = take(number) else { return }
    let environment = environments[member.birth]
    let answer = call.result ?? failure(of: call, error, in: environment)
    var fields = [
      ("Content-Type", answer.contentType), ("X-Amzn-RequestId", call.id.uuid),
      ("X-Amz-Executed-Version", call.wishes.version),
    ]
    if answer.errorType != nil { fields.append(("X-Amz-Function-Error", "Unhandled")) }
    let initDuration = environment?.takeInitDuration()
    if call.wishes.wantsLog, let environment {
      environment.sandbox.drainOutput()
      printedAll(environment)
      environment.tail.add("END RequestId: \(call.id.uuid)")
      let begin = environment.work?.begin ?? clock.now
      environment.tail.add(
        InvocationReport(
          request: call.id.uuid, duration: clock.now &- begin, initDuration: initDuration,
          memoryMB: environment.memoryMB, maxMemoryUsedMB: environment.sandbox.peakMegabytes()
        ).line)
      fields.append(("X-Amz-Log-Result", environment.tail.encoded))
    }
    call.reply?.send(.ok, fields, answer.body)
    tell(.answer, answer.body, of: call)
    answered(AnsweredCall(call, status: 200, answer.body, failed: answer.errorType != nil))
  }

  /// Tells what a caller has sent or got, as much of it as one looks at.
  private func tell(_ side: Payload.Side, _ body: ByteBuffer, of call: InvokeCall) {
    let text = body.readableBytesView.prefix(4 << 10).withUnsafeBytes { log.text.append($0) }
    let payload = Payload(side, text, bytes: Int64(body.readableBytes))
    log.append(
      LifecycleEvent(time: clock.now, function: function, request: call.id, kind: .payload(payload)))
  }

  /// What the caller gets where the function has not answered (troubleshooting-invocation page).
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
    guard let call = take(number) else { return }
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
    call.reply?.refuse(refusal, fields)
    answered(AnsweredCall(call, status: Int(refusal.status.code), refusal.body, failed: true))
  }

  /// A trace that nobody samples: there is no X-Ray here.
  private func traceID(of id: RequestID) -> String {
    let digits = id.uuid.utf8.filter { $0 != UInt8(ascii: "-") }
    let seconds = String(clock.now / .seconds(1), radix: 16)
    let root = String(decoding: digits.prefix(24), as: UTF8.self)
    return "Root=1-\(seconds)-\(root);Parent=\(String(decoding: digits.suffix(16), as: UTF8.self));Sampled=0"
  }
}
