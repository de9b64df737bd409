internal import Glibc

/// CPU seconds of several runs of the same work.
struct Times {
  var best: Double
  var median: Double
  var worst: Double

  init(_ seconds: [Double]) {
    let sorted = seconds.sorted()
    best = sorted[0]
    median = sorted[sorted.count / 2]
    worst = sorted[sorted.count - 1]
  }
}

/// CPU seconds of this thread: what else runs on the machine does not count.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Runs `body` several times and measures the part that it passes to its argument.
func measure(runs: Int = 5, _ body: ((() -> Void) -> Void) -> Void) -> Times {
  var seconds: [Double] = []
  for _ in 0..<runs {
    body { work in
      let begin = cpuSeconds()
      work()
      seconds.append(cpuSeconds() - begin)
    }
  }
  return Times(seconds)
}

/// The most memory that this process has had so far, in MB.
func peakMegabytes() -> Double {
  var usage = rusage()
  getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
  return Double(usage.ru_maxrss) / 1_000
}
