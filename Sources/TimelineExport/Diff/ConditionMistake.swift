/// The reason why a text is no condition: what was expected, what was found, what to do.
package struct ConditionMistake: Error, CustomStringConvertible {
  package var description: String
}
