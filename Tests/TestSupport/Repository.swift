internal import Foundation

/// Files of this package.
package enum Repository {
  /// - Parameter relative: a path from the package's root.
  package static func path(_ relative: String) -> String {
    URL(fileURLWithPath: #filePath).appendingPathComponent("../../../\(relative)").standardized.path
  }

  /// Recorded streams of the runtime interface emulator.
  package static var captures: String { path("Tests/LambdaEventFormatsTests/Fixtures/rie") }
}
