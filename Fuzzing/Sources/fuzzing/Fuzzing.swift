internal import CLibFuzzer
internal import Glibc

/// What this process fuzzes; `run` names it in the environment, because the fuzzer takes all arguments as its own.
private let target = getenv("LANES_FUZZ_TARGET").flatMap { name in
  FuzzTarget.all.first { $0.name == String(cString: name) }
}

@main
enum Fuzzing {
  static func main() {
    guard target != nil else {
      print("LANES_FUZZ_TARGET names none of: \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
      exit(2)
    }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { data, size in
        let violation = target?.violation(Array(UnsafeBufferPointer(start: data, count: size)))
        if let violation { fatalError(violation) }
        return 0
      })
  }
}
