/// The meaning of a column or a key of a log event, by the names that tools give it.
enum LogField: Sendable {
  case time, message, logStream, logGroup, eventID, ingestionTime, other

  /// The field of a name, in letters of any size.
  init(_ name: UnsafeRawBufferPointer) {
    self = LogField.names.first { LogField.isSame(name, $0.name) }?.field ?? .other
  }

  private static func isSame(_ name: UnsafeRawBufferPointer, _ known: StaticString) -> Bool {
    guard name.count == known.utf8CodeUnitCount else { return false }
    return name.indices.allSatisfy { place in
      let byte = name[place]
      return known.utf8Start[place] == (byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
    }
  }

  private static let names: [(name: StaticString, field: LogField)] = [
    ("timestamp", .time), ("@timestamp", .time), ("time", .time), ("date", .time), ("ts", .time),
    ("t", .time),
    ("eventtime", .time), ("message", .message), ("@message", .message), ("msg", .message), ("log", .message),
    ("line", .message), ("m", .message), ("logstream", .logStream), ("@logstream", .logStream),
    ("logstreamname", .logStream), ("log_stream", .logStream), ("log_stream_name", .logStream),
    ("@log", .logGroup), ("@loggroup", .logGroup), ("loggroup", .logGroup), ("loggroupname", .logGroup),
    ("log_group", .logGroup), ("log_group_name", .logGroup), ("loggroupidentifier", .logGroup),
    ("eventid", .eventID), ("event_id", .eventID), ("id", .eventID), ("@ptr", .eventID),
    ("ingestiontime", .ingestionTime), ("@ingestiontime", .ingestionTime), ("ingestion_time", .ingestionTime),
  ]
}

/// The places of a table's columns, as its first row names them.
struct LogColumns: Sendable {
  private(set) var time: Int?
  private(set) var message: Int
  private(set) var logStream: Int?
  private(set) var logGroup: Int?
  private(set) var count: Int

  /// nil where the names are not those of log events in CloudWatch: any program may write a time and a text.
  init?(names: [UnsafeRawBufferPointer]) {
    let fields = names.map { LogField($0) }
    guard let message = fields.firstIndex(of: .message) else { return nil }
    self.message = message
    time = fields.firstIndex(of: .time)
    logStream = fields.firstIndex(of: .logStream)
    logGroup = fields.firstIndex(of: .logGroup)
    count = names.count
    let isOfInsights = names[message].first == UInt8(ascii: "@")
    guard isOfInsights || LogColumns.isConsoles(names, time: time, message: message) || logStream != nil
    else {
      return nil
    }
  }

  /// Columns in the order that they mostly have.
  init(count: Int) {
    (time, message, self.count) = (0, 1, count)
  }

  private static func isConsoles(_ names: [UnsafeRawBufferPointer], time: Int?, message: Int) -> Bool {
    guard let time else { return false }
    return names[time].count == 9 && names[message].count == 7
  }
}
