/// A stream of the emulator whose function prints bytes that a terminal would obey.
enum Hostile {
  static let stream: [UInt8] = {
    let id = "7c8b69ea-7e4c-4a71-8f61-a3170f073794"
    let rapid = "23 Nov 2026 03:08:00,759 [INFO] (rapid)"
    var bytes = Array("\(rapid) INIT START(type: on-demand, phase: init)\n".utf8)
    bytes += Array("START RequestId: \(id) Version: 1\n".utf8)
    bytes += Array("\(rapid) INIT REPORT(durationMs: 0.5)\n\(rapid) INVOKE START(requestId: \(id))\n".utf8)
    // A title, a cleared screen, colours, a bell; then the same as single C1 bytes and as C1 in UTF-8.
    bytes += Array("title \u{1B}]0;STOLEN\u{07} clear \u{1B}[2J\u{1B}[H colour \u{1B}[31m bell \u{07}\n".utf8)
    bytes += Array("raw C1 ".utf8) + [0x9D] + Array("0;STOLEN".utf8) + [0x9C, 0x9B] + Array("2J end\n".utf8)
    bytes += Array("UTF-8 C1 \u{9D}0;STOLEN\u{9C}\u{9B}2J end\n".utf8)
    return bytes
  }()
}
