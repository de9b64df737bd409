import ArgumentParser
import LambdaEventFormats
import ScenarioFiles

/// Checks names that were given where recordings or streams are expected.
/// - Throws: `ValidationError` for a scenario, unless the format was named.
func expectStreams(_ names: [String], from format: StreamFormat?) throws {
  guard format == nil, let name = names.first(where: FileName.isScenario) else { return }
  throw ValidationError(
    "\(name) looks like a scenario. Use lanes demo \(name) to look at it, or lanes simulate \(name) to run it."
  )
}
