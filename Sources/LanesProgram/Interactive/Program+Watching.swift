package import EventSources
package import LambdaLifecycle
internal import SwimlaneUI

extension Program where Terminal: ~Copyable {
  /// Starts the inputs of a live session, and names them in the header.
  /// - Parameter begin: starts them. Inputs that did begin when it fails must not outlive us.
  package func watch(_ begin: (Inputs, inout EventLog) throws -> Void) throws {
    guard let inputs = feed?.inputs else { return }
    do { try begin(inputs, &screen.session.log) } catch {
      inputs.stop(into: &screen.session.log)
      throw error
    }
    let names = inputs.inputs.map(\.status.name)
    let told = names.count > 3 ? names.prefix(2) + ["\(names.count - 2) more"] : names[...]
    screen.surroundings.title = "watch: " + told.joined(separator: ", ")
  }
}
