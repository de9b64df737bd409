import LambdaLifecycle
import Testing

/// Requests, answers, exits and the passing of time in any order, and an account of what the driver asks for.
private struct Storm {
  private var run: HandDriven
  private let seed: UInt64
  private var draws: UInt64 = 0
  private var time: Int64 = 0
  private var asked = 0
  private(set) var complaints: [String] = []
  /// Processes that run: of which environment in a slot, which generation; nil index is the runtime.
  private var processes: [Process] = []
  private var births: [Int: Int] = [:]
  private var replies: [Int: Int] = [:]

  private struct Process: Equatable {
    var slot: Int
    var birth: Int
    var generation: Int
    var index: UInt8?
  }

  init(seed: UInt64) {
    self.seed = seed
    run = HandDriven { function in
      function.timeout = .milliseconds(400)
      function.idleTimeout = .fixed(.milliseconds(900))
      function.reservedConcurrency = 3
      function.addAgents(Int(seed % 3))
    }
  }

  private mutating func random(_ range: Int) -> Int {
    draws += 1
    return Int(draw(seed: seed, .test, draws) % UInt64(range))
  }

  mutating func blow(_ count: Int) {
    for _ in 0..<count {
      time += Int64(random(80))
      run.go(to: time)
      note()
      act()
      note()
    }
    // All ends: what is left is answered, timed out or refused, and every process is reaped.
    for _ in 0..<60 {
      time += 500
      run.go(to: time)
      run.driver.shutDownAll(&run.log)
      note()
      reap(all: true)
      note()
    }
    for number in 1...max(1, asked) where replies[number] ?? 0 != 1 && asked > 0 {
      complaints.append("request \(number) has \(replies[number] ?? 0) answers")
    }
    if !run.driver.births.isEmpty { complaints.append("environments are left: \(run.driver.births)") }
  }

  private mutating func act() {
    switch random(10) {
    case 0, 1, 2:
      asked += 1
      run.request(asked, at: time)
    case 3: reap(all: false)
    case 4: if random(6) == 0 { run.driver.set(.memory, to: Int64(256 + random(4) * 256), of: 0, &run.log) }
    default: signal()
    }
  }

  /// Something that a process of an environment may say.
  private mutating func signal() {
    let slots = run.driver.fleet.slots
    guard !slots.isEmpty else { return }
    let slot = slots[random(slots.count)]
    let generation = run.driver.fleet.generation(of: slot)
    let invocation = run.driver.fleet.invocation(of: slot)
    let index = UInt8(random(3))
    switch random(8) {
    case 0:
      run.tell(
        .extensionRegistered(index, random(2) == 0 ? [.invoke, .shutdown] : [], generation), slot, at: time)
    case 1: run.tell(.extensionNext(index, generation), slot, at: time)
    case 2, 3: run.tell(.runtimeNext(generation), slot, at: time)
    case 4, 5: run.tell(.response(invocation, random(4) == 0 ? .error : .success), slot, at: time)
    case 6: run.tell(.functionInitBegan(generation), slot, at: time)
    default: if random(5) == 0 { run.tell(.runtimeInitFailed(.none, generation), slot, at: time) }
    }
  }

  /// A process ends, by itself or because it was killed.
  private mutating func reap(all: Bool) {
    while !processes.isEmpty {
      let process = processes.remove(at: random(processes.count))
      let generation = Generation(process.generation)
      if let index = process.index {
        run.tell(.extensionExited(index, generation), process.slot, at: time)
      } else {
        run.tell(.runtimeExited(.none, generation), process.slot, at: time)
      }
      note()
      if !all { return }
    }
  }

  private mutating func note() {
    for order in run.orders() {
      let words = order.split(separator: " ").map(String.init)
      let numbers = order.split { !$0.isNumber }.compactMap { Int($0) }
      switch words[0] {
      case "environment": births[numbers[0], default: 0] += 1
      case "answer": replies[numbers[0], default: 0] += 1
      case "429": replies[numbers[1], default: 0] += 1
      case "start": start(numbers, isRuntime: words[1] == "runtime", order)
      case "SIGKILL" where words[1] == "runtime":
        if !processes.contains(where: {
          $0.slot == numbers[0] && $0.generation == numbers[1] && $0.index == nil
        }) {
          complaints.append("nothing to kill: \(order)")
        }
      default: break
      }
    }
  }

  private mutating func start(_ numbers: [Int], isRuntime: Bool, _ order: String) {
    let (slot, generation) = isRuntime ? (numbers[0], numbers[1]) : (numbers[1], numbers[2])
    let birth = births[slot] ?? 0
    let own = processes.filter { $0.slot == slot && $0.birth == birth }
    if own.contains(where: { $0.generation != generation }) {
      complaints.append("\(order) while processes before run")
    }
    if isRuntime {
      processes.append(Process(slot: slot, birth: birth, generation: generation, index: nil))
    } else {
      for index in UInt8(0)..<16 where numbers[0] >> Int(index) & 1 == 1 {
        processes.append(Process(slot: slot, birth: birth, generation: generation, index: index))
      }
    }
  }
}

@Suite("A driver in a storm")
struct DriverStormTests {
  @Test(
    "every request is answered or refused once, no process starts before those before it are reaped, none is left",
    arguments: 0..<6)
  func storm(batch: Int) {
    for seed in 1...50 {
      var storm = Storm(seed: UInt64(batch * 50 + seed))
      storm.blow(200)
      #expect(storm.complaints.isEmpty, "seed \(batch * 50 + seed): \(storm.complaints.prefix(3))")
      if !storm.complaints.isEmpty { return }
    }
  }
}
