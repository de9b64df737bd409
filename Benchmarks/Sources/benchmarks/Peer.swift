internal import Glibc

/// Runs a script of `Benchmarks/peers` and reads the numbers that it prints; nil where `Benchmarks/run` has not set
/// up the peers.
func peer(_ script: String, _ arguments: String...) throws -> [Double]? {
  guard let python = getenv("LANES_PYTHON"), let folder = getenv("LANES_PEERS") else { return nil }
  let words = [String(cString: python), String(cString: folder) + "/" + script] + arguments
  guard let pipe = popen(words.map { "'\($0)'" }.joined(separator: " "), "r") else {
    throw BenchmarkError("cannot start \(script)")
  }
  var output = ""
  while let line = readLine(from: pipe) { output += line }
  let status = pclose(pipe)
  guard status == 0 else { throw BenchmarkError("\(script) ended with status \(status)") }
  return output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
}

private func readLine(from file: UnsafeMutablePointer<FILE>) -> String? {
  var buffer = [UInt8](repeating: 0, count: 4_096)
  let count = fread(&buffer, 1, buffer.count, file)
  return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
}
