import Foundation
import Testing

/// The inputs that `Fuzzing/run` has found and kept, replayed: those that lead everywhere in the decoders,
/// and those that once broke something.
@Suite struct CorpusTests {
  @Test("what must hold of any bytes holds of the corpus", arguments: FuzzTarget.all)
  func replay(target: FuzzTarget) throws {
    let corpus = try #require(Bundle.module.resourceURL).appendingPathComponent("Corpus/\(target.name)")
    let files = try FileManager.default.contentsOfDirectory(at: corpus, includingPropertiesForKeys: nil)
    #expect(!files.isEmpty)
    for file in files.sorted(by: { $0.path < $1.path }) {
      let violation = target.violation(Array(try Data(contentsOf: file)))
      #expect(violation == nil, "\(target.name)/\(file.lastPathComponent)")
    }
  }
}
