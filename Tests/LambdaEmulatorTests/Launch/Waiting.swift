import Foundation

/// Does on a thread of its own what waits for a command's end. The test's thread is one of the few that tasks run on, the
/// waited-for one among them.
func waiting<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
  }
}
