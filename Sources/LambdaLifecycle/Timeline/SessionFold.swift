/// The common fold of the events of all environments of a session.
///
/// An environment's events are folded by its track, which is lent this: no track needs another one.
struct SessionFold: TimedColumns, Sendable {
  /// Where the events of each environment come from.
  var sources: EnvironmentSources
  var ledger = RequestLedger()
  /// The requests of each environment.
  var inFlight = RequestsInFlight()
  /// The known settings of the functions.
  var described = FunctionDescriptions()
  var markerList = TimedList<Marker>()
  /// Errors, cold starts, throttles and shutdowns.
  var landmarks = Landmarks()
  /// When anything happened, in any environment.
  var activity = Activity()
  /// Environments and requests in flight at every moment.
  var population = PopulationHistory()
  /// Nothing that happened before is taken in any more, and nothing that is known of it changes.
  var horizon = Timestamp.min
  /// When the session began, whether or not that is still kept; `.never` before the first event.
  var beginning = Timestamp.never
  /// The first and the last moment of which anything is known; `first` is `.never` before the first event.
  var first = Timestamp.never
  var last = Timestamp.min
  /// Events that arrived after a later one of their environment.
  var late = 0
  var duplicates = 0
  /// Transitions that the table of legal ones does not allow.
  var anomalies = 0

  init(_ source: SourceKind) { sources = EnvironmentSources(source) }

  /// Nearly in the order of their arrival.
  var requests: [RequestRow] { @inline(__always) _read { yield ledger.requests } }

  /// Something happened at that moment.
  @inline(__always)
  mutating func note(_ time: Timestamp) {
    noteBegin(time)
    if time > last { last = time }
    activity.add(time, time)
  }

  /// Something had begun by that moment.
  @inline(__always)
  mutating func noteBegin(_ time: Timestamp) {
    if time < first {
      first = time
      beginning = min(beginning, time)
    }
  }

  /// Does it to each column: one that is not named here is neither put in order, nor made void, nor let go.
  mutating func take(_ step: ColumnStep) {
    ledger.take(step)
    described.take(step)
    markerList.take(step)
    landmarks.take(step)
    activity.take(step)
    population.take(step)
  }

  var reckonedBytes: Int {
    var bytes = ledger.reckonedBytes + markerList.reckonedBytes + sources.reckonedBytes
    bytes += population.reckonedBytes + landmarks.reckonedBytes + activity.reckonedBytes
    return bytes + inFlight.reckonedBytes
  }
}
