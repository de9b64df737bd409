import Foundation
import LambdaEmulator
import LambdaEventFormats
import LambdaLifecycle
import TestSupport

/// Extensions that take telemetry, and the events posted to them.
enum TelemetryScript {
  /// `subscribe` has it posted to a server of the extension's own, which writes each batch as a line of the file `posted`.
  static let receiver = """
    import http.server, socket
    schema = "2022-12-13"
    def write(body, file="posted"):
        with open(os.path.join(here, file), "ab", buffering=0) as posted: posted.write(body + b"\\n")
    def serve(file="posted", status=200, until=None):
        class Receiver(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_POST(self):
                write(self.rfile.read(int(self.headers["Content-Length"])), file)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
            def log_message(self, *words): pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver, False)
        server.server_bind()
        def listen():
            if until: await_file(until)
            server.server_activate()
            server.serve_forever()
        if not until: server.server_activate()
        threading.Thread(target=listen, daemon=True).start()
        return server.server_address[1]
    def subscribe(port, *types, timeout=25, quiet=True, protocol="HTTP"):
        place = {"protocol": "TCP", "port": port} if protocol == "TCP" else {
            "protocol": "HTTP", "URI": f"http://sandbox.localdomain:{port}/events"}
        return call("/2022-07-01/telemetry", {"schemaVersion": schema,
            "types": types or ("platform", "function", "extension"),
            "buffering": {"maxItems": 1000, "maxBytes": 262144, "timeoutMs": timeout}, "destination": place}, "PUT", quiet=quiet, **ident)
    def end_when_enough(event):
        if event["eventType"] == "SHUTDOWN": await_file("enough")

    """

  /// Takes everything. While it is subscribed, there is a file `subscribed`.
  static let all =
    receiver + """
      if told("subscribed"): os.remove(os.path.join(here, "subscribed"))
      port = serve()
      register("INVOKE", "SHUTDOWN")
      subscribe(port)
      write(b"", "subscribed")
      loop(end_when_enough)
      """
}

extension RunningFunction {
  /// The events that were posted so far, in order.
  func posted(_ file: String = "posted") -> [JSONValue] {
    let text = (try? scratch.text(file)) ?? ""
    return text.split(separator: "\n").flatMap { line -> [JSONValue] in
      let value = Array(line.utf8).withUnsafeBytes { JSONValue($0) }
      guard let value else { return [] }
      return value.elements ?? [value]
    }
  }

  /// The types of the events posted so far.
  func postedTypes(_ file: String = "posted") -> [String] { posted(file).map { $0["type"]?.string ?? "" } }

  /// The events posted, as the product itself reads them.
  func decoded(_ file: String = "posted") -> TelemetryRows {
    var log = EventLog(source: .telemetry)
    var decoder = TelemetryDecoder()
    for line in ((try? scratch.text(file)) ?? "").split(separator: "\n") {
      Array(line.utf8).withUnsafeBytes { decoder.decode($0, stream: nil, arrival: nil, into: &log) }
    }
    return TelemetryRows(log.events, log)
  }

  var recorded: TelemetryRows { TelemetryRows(events, log) }
}

/// The facts that recordings and telemetry share, as words that can be compared. Lengths are in microseconds,
/// times in milliseconds, as telemetry has them.
struct TelemetryRows {
  private(set) var rows: [String] = []
  private(set) var reports = 0

  init(_ events: [LifecycleEvent], _ log: EventLog) {
    for event in events {
      let request = event.request == .none ? "-" : log.catalog.text(event.request)
      let time = event.time / .milliseconds(1)
      switch event.kind {
      case .phaseBegan(.invoke, _): rows.append("start \(request) at \(time)")
      case .runtimeDone(let outcome, let error):
        rows.append("done \(request) \(outcome.wireName) \(log.catalog.text(error)) at \(time)")
      case .report(let report):
        let lengths = [report.duration, report.initDuration].map { $0 < 0 ? -1 : $0 / 1_000 }
        rows.append(
          "report \(request) \(lengths) \(report.billedMs) \(report.memoryMB) \(report.outcome.wireName) "
            + "\(log.catalog.text(report.errorType)) at \(time)")
        reports += 1
      // One that went well is in the report of the first request alone.
      case .initReport(let report) where report.outcome != .success:
        rows.append(
          "init \(report.isSuppressed) \(report.duration / 1_000) \(report.outcome.wireName) "
            + "\(log.catalog.text(report.errorType)) at \(time)")
      case .output(let origin, let text): rows.append("\(origin) \(log.text.text(text) ?? "")")
      case .undecodable(let reason, let text):
        rows.append("UNDECODABLE \(log.catalog.text(reason)) \(log.text.text(text) ?? "")")
      default: break
      }
    }
  }

  /// Up to so many reports. An extension may have no time left to get the line that it prints at its
  /// SHUTDOWN.
  func until(reports count: Int) -> [String] {
    var left = count
    var found: [String] = []
    for row in rows where left > 0 && !row.contains(" SHUTDOWN ") {
      found.append(row)
      if row.hasPrefix("report ") { left -= 1 }
    }
    return found
  }
}
