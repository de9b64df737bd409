/// The conditions under which a function's cold starts are measured.
package struct ColdStartSetting: Sendable {
  package var memoryMB: Int32
  /// As it was asked for; nil for the working folder, or where code is not compared.
  package var revision: String?
  /// The same in full; empty for none.
  package var commit = ""
  /// Its language keeps compiled files, and reports them.
  package var tellsCompiledFiles = true
  /// In a few words, how it differs from the others; empty where there are none.
  package var name = ""
  /// The place of the setting that it is compared with.
  package var baseline: Int?

  package init(memoryMB: Int32) { self.memoryMB = memoryMB }
}
