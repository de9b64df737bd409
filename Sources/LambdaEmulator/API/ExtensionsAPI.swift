internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// The Extensions API (runtimes-extensions-api page) of one generation of an environment's processes. It knows HTTP, JSON
/// and who has registered, not the lifecycle. All that it refuses is a 403 (rapi of the emulator).
final class ExtensionsAPI {
  private static let root = "/2020-01-01/extension/"
  private static let identifierField = "Lambda-Extension-Identifier"
  private static let nameField = "Lambda-Extension-Name"
  /// The header in which an extension gives its error's type.
  private static let errorField = "Lambda-Extension-Function-Error-Type"

  private let generation: Generation
  private weak var environment: (any ExtensionCalls)?
  /// The external ones, by index.
  private let names: [String]
  private var registered: [RegisteredExtension] = []

  /// - Parameter names: of the external ones, which have processes of their own.
  init(_ environment: any ExtensionCalls, _ generation: Generation, names: [String]) {
    self.environment = environment
    self.generation = generation
    self.names = names
  }

  /// True for a path of this API.
  static func takes(_ path: Substring) -> Bool { path.hasPrefix(root) }

  // MARK: Events for extensions

  /// Hands INVOKE or SHUTDOWN to extensions: one that is still at work finds it when it asks.
  func deliver(_ event: ExtensionEvent, to mask: UInt16) {
    for item in registered where mask & 1 << UInt16(item.index) != 0 { item.deliver(event) }
  }

  /// An extension has registered for SHUTDOWN.
  func hearsShutdown(_ index: UInt8) -> Bool {
    registered.contains { $0.index == index && $0.subscriptions.contains(.shutdown) }
  }

  /// All of them as they stand, external ones first.
  var facts: [TelemetryWriter.ExtensionFacts] {
    let external = names.map { name in
      let item = registered.first { !$0.isInternal && $0.name == name }
      return TelemetryWriter.ExtensionFacts(
        name: name, state: item?.state ?? .started, subscriptions: item?.subscriptions ?? [])
    }
    return external
      + registered.filter(\.isInternal).map { item in
        TelemetryWriter.ExtensionFacts(name: item.name, state: item.state, subscriptions: item.subscriptions)
      }
  }

  // MARK: Requests of extensions

  /// Answers a request to one of its paths, at once or later.
  func answer(_ call: HTTPCall) {
    guard let environment else { return call.reply.refuse(.internalServerError, .internalError) }
    let path = call.path.dropFirst(Self.root.count)
    switch (path, call.head.method) {
    case ("register", .POST): register(call, environment)
    case ("event/next", .GET): next(call, environment)
    case ("init/error", .POST): fail(.extensionInitError, call, environment)
    case ("exit/error", .POST): fail(.extensionExitError, call, environment)
    case ("register", _), ("event/next", _), ("init/error", _), ("exit/error", _): call.reply.refuseMethod()
    default: call.reply.refuse(.notFound, .noSuchPath(call.path))
    }
  }

  /// The extension that asks, by the identifier that it was given.
  /// - Returns: nil where there is none; that has been answered.
  func extensionAsking(_ call: HTTPCall) -> RegisteredExtension? {
    guard let identifier = call.header(Self.identifierField), !identifier.isEmpty else {
      call.reply.refuse(
        "Extension.MissingExtensionIdentifier", "Missing \(Self.identifierField) header")
      return nil
    }
    guard let id = RequestID(uuid: identifier) else {
      call.reply.refuse("Extension.InvalidExtensionIdentifier", "Invalid \(Self.identifierField)")
      return nil
    }
    guard let found = registered.first(where: { $0.id == id }) else {
      call.reply.refuse("Extension.UnknownExtensionIdentifier", "Unknown extension \(id.uuid)")
      return nil
    }
    return found
  }

  /// The name of a request's extension, for an anomaly; nil where the request gives none.
  func name(of request: HTTPRequestHead) -> String? {
    let id = request.headers.first(name: Self.identifierField).flatMap { RequestID(uuid: $0) }
    let name = registered.first { $0.id == id }?.name ?? request.headers.first(name: Self.nameField)
    return name.map { "extension \($0.cut(to: 100))" }
  }

  // MARK: Register

  private func register(_ call: HTTPCall, _ environment: any ExtensionCalls) {
    guard let name = call.header(Self.nameField), !name.isEmpty else {
      return call.reply.refuse("Extension.InvalidExtensionName", "Empty extension name")
    }
    guard !call.isTooLarge, let wish = RegistrationWish(call.body) else {
      return call.reply.refuse(
        "InvalidRequestFormat", #"expected JSON such as {"events":["INVOKE","SHUTDOWN"]}"#)
    }
    let place = names.firstIndex(of: name)
    if place == nil, !names.isEmpty { environment.hasNoFile(name) }
    let subscriptions: Subscriptions
    do { subscriptions = try wish.subscriptions(isInternal: place == nil) } catch {
      return call.reply.refuse("Extension.InvalidEventType", error.words)
    }
    if let known = registered.first(where: { $0.name == name }) {
      return known.isInternal
        ? call.reply.refuse("Extension.InvalidExtensionState", "Extension with this name already registered")
        : refuseState(known, to: .registered, call)
    }
    // Lambda says this before it says that registration is closed.
    let index = place.map { UInt8($0) } ?? freeIndex
    guard registered.count < Registrations.most, index < Registrations.places else {
      return call.reply.refuse(
        "Extension.TooManyExtensions", "Extension limit (\(Registrations.most)) reached")
    }
    let item = RegisteredExtension(
      index, name, environment.newID(), subscriptions, isInternal: place == nil)
    guard environment.registers(index, name, subscriptions, generation) == .accepted else {
      return call.reply.refuse("Extension.RegistrationClosed", "Extension registration closed already")
    }
    registered.append(item)
    call.reply.send(
      .ok, json: environment.registrationAnswer(withAccount: RegistrationWish.wantsAccount(call)),
      [(Self.identifierField, item.id.uuid)])
    environment.settle()
  }

  /// For an internal one: behind those of the external ones.
  private var freeIndex: UInt8 { UInt8(names.count + registered.count(where: \.isInternal)) }

  // MARK: Next

  private func next(_ call: HTTPCall, _ environment: any ExtensionCalls) {
    guard let item = extensionAsking(call) else { return }
    switch item.asks(call.reply) {
    case .answered: return
    case .refused: return refuseState(item, to: .ready, call)
    case .waits: break
    }
    let reception = environment.asks(item.index, generation)
    if reception == .rejected {
      item.takesBack()
      refuseState(item, to: .ready, call)
    }
    environment.settle()
  }

  // MARK: Errors

  private func fail(_ error: ErrorType, _ call: HTTPCall, _ environment: any ExtensionCalls) {
    guard let item = extensionAsking(call) else { return }
    guard let told = call.header(Self.errorField), !told.isEmpty else {
      return call.reply.refuse("Extension.MissingHeader", "\(Self.errorField) not found")
    }
    let state: ExtensionState = error == .extensionInitError ? .initError : .exitError
    guard item.mayFail(with: state) else { return refuseState(item, to: state, call) }
    let isFirst = item.state != state
    item.fails(with: state)
    call.reply.send(.accepted, json: #"{"status":"OK"}"#)
    // Of several errors the first counts (externalagent_states.go of the emulator).
    if isFirst {
      environment.fails(
        item.index, item.name, error, told: ExtensionFailure(type: told, body: call.body), generation)
    }
    environment.settle()
  }

  private func refuseState(_ item: RegisteredExtension, to wanted: ExtensionState, _ call: HTTPCall) {
    call.reply.refuse(
      "Extension.InvalidExtensionState",
      "State transition from \(item.state.wireName) to \(wanted.wireName) failed for extension \(item.name). Error: State transition is not allowed"
    )
  }
}

/// Hears what extensions want: an environment.
protocol ExtensionCalls: AnyObject {
  /// An id that nothing else has.
  func newID() -> RequestID
  /// The body that answers a registration.
  func registrationAnswer(withAccount: Bool) -> String
  /// An extension registers. Followed by `settle`, as all of these.
  func registers(
    _ index: UInt8, _ name: String, _ subscriptions: Subscriptions, _ generation: Generation
  ) -> Reception
  /// An extension asks to be registered that is none of the external ones.
  func hasNoFile(_ name: String)
  /// An extension asks for its next event.
  func asks(_ index: UInt8, _ generation: Generation) -> Reception
  /// An extension says that it has failed.
  func fails(
    _ index: UInt8, _ name: String, _ error: ErrorType, told: ExtensionFailure, _ generation: Generation)
  /// Does what follows from the last word.
  func settle()
}

extension HTTPReply {
  /// Answers as the Extensions API refuses.
  fileprivate func refuse(_ type: String, _ message: String) {
    refuse(.forbidden, ErrorBody(type, message))
  }
}
