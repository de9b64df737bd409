/// Names of several inits in one order: those of the first as they stand there, and each that a later one adds behind the name
/// that it stands behind in that.
func partOrder(of inits: [[InitPartName]]) -> [InitPartName] {
  var first: InitPartName?
  var next: [InitPartName: InitPartName] = [:]
  var known: Set<InitPartName> = []
  for names in inits {
    var before: InitPartName?
    for name in names {
      if known.insert(name).inserted {
        if let before {
          next[name] = next[before]
          next[before] = name
        } else {
          next[name] = first
          first = name
        }
      }
      before = name
    }
  }
  var order: [InitPartName] = []
  while let name = first {
    order.append(name)
    first = next[name]
  }
  return order
}
