extension String {
  /// The screen says this of each of the first five environments.
  package func showsFive(_ state: String) -> Bool {
    (1...5).allSatisfy { number in
      split(separator: "\n").contains {
        $0.dropFirst(2).hasPrefix("env-\(number) ") && $0.contains(" \(state)")
      }
    }
  }
}
