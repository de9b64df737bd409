@testable import LambdaLifecycle
import Testing

@Suite("Who leads a session")
struct LeadTests {
  private static let simulation = Session(simulating: .small, seed: 1, start: 0).lead
  private static let fleet = FleetSettings(
    accountConcurrency: 1_000, functions: Scenario.small.functions, requestRates: [0])
  private static let leads: [Lead] = [
    simulation, .live(LiveLead()), .live(LiveLead(driving: fleet)), .recording,
  ]

  @Test("what can be done: to a simulation, a stream, an emulator of ours, a recording")
  func questions() {
    let leads = Self.leads
    #expect(leads.map(\.isObserved) == [false, true, true, true])
    #expect(leads.map(\.followsClock) == [false, true, true, false])
    #expect(leads.map(\.hasEnd) == [false, false, false, true])
    #expect(leads.map(\.canFork) == [true, false, false, false])
    #expect(leads.map(\.canInvoke) == [true, true, true, false])
    #expect(leads.map(\.canSetIdleTimeout) == [true, false, true, false])
  }

  @Test("a session has the lead that it was made with")
  func sessions() {
    #expect(Session(simulating: .small, seed: 1, start: 0).simulation != nil)
    for (live, fleet) in [(true, nil), (true, Self.fleet), (false, nil)] {
      let session = Session(reading: .rie, live: live, driving: fleet, start: 0)
      #expect(session.simulation == nil)
      #expect(session.lead.followsClock == live)
      #expect(session.lead.canSetIdleTimeout == (fleet != nil))
    }
  }

  @Test("nothing can be done to what is no simulation of ours")
  func commands() {
    for live in [true, false] {
      var session = Session(reading: .rie, live: live, start: 0)
      let obeyed = [session.perform(.request(.normal)), session.turn(.idleTimeout, up: true)]
      #expect(obeyed == [false, false])
      #expect(session.simulation == nil && session.log.events.isEmpty)
      #expect(session.takeCommands() == [])
    }
  }

  @Test("what is done to an emulator of ours is left for whoever has it, once and in order")
  func driven() {
    var session = Session(reading: .native, live: true, driving: Self.fleet, start: 0)
    let obeyed = [session.perform(.request(.normal)), session.turn(.memory, up: true)]
    #expect(obeyed == [true, true])
    #expect(session.takeCommands() == [.request(.normal), .set(.memory, 1_024)])
    #expect(session.takeCommands() == [])
    #expect(session.settingsInSight?.value(of: .memory) == 1_024)
  }

  @Test("a simulation is changed in place: nothing of it is copied")
  func inPlace() {
    var lead = Self.simulation
    var log = EventLog(source: .simulation)
    // Where its commands lie. With five there is room for a sixth.
    func place() -> UInt? {
      lead.simulation?.commands.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
    }
    for _ in 0..<5 { lead.simulation?.perform(.request(.normal), into: &log) }
    let before = place()
    lead.simulation?.perform(.request(.normal), into: &log)
    #expect(before != nil && place() == before)
    #expect(lead.simulation?.commands.count == 6)
    let copy = lead
    lead.simulation?.perform(.request(.normal), into: &log)
    #expect(place() != before && copy.simulation?.commands.count == 6)
  }

  @Test("where no simulation leads, there is none to change")
  func none() {
    for lead in Self.leads.dropFirst() {
      var lead = lead
      var log = EventLog(source: .rie)
      lead.simulation?.perform(.request(.normal), into: &log)
      #expect(lead.simulation == nil && log.events.isEmpty)
    }
  }
}
