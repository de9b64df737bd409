internal import CNcurses
internal import Glibc
package import SwimlaneUI

/// The screen and keyboard of a terminal, by way of ncurses. There can be one at a time.
///
/// It opens the terminal itself, so standard input and output stay free for data. Own it in a function: a value
/// at top level is never destroyed.
package struct CursesTerminal: ~Copyable {
  /// The colours that the terminal has and the user wants.
  package let colorDepth: ColorDepth
  /// Only ASCII is written: choose `GlyphSet.ascii`.
  package let usesASCII: Bool
  /// The size of the screen in character cells, as of the start or the last resize.
  package private(set) var size: (columns: Int, rows: Int)
  /// The terminal went away (its window was closed, its connection lost): there will be no more keys.
  package private(set) var isGone = false

  private let file: UnsafeMutablePointer<FILE>
  private let screen: OpaquePointer
  /// The window on the screen; tests read it back.
  let window: UnsafeMutablePointer<WINDOW>
  /// Keys are read through a pad, because reading through a window would also paint it.
  private let keyboard: UnsafeMutablePointer<WINDOW>
  let restoration: UnsafeMutablePointer<Restoration>
  private var styles: StyleTable
  private var shown: Frame?
  private var run: [cchar_t] = []
  private var isActive = true
  private let modes: TerminalModes
  private let synchronization: SynchronizedOutput?
  private var mouse = MouseReports()
  private var paste = BracketedPaste()

  /// Opens the terminal of this process.
  package init(_ options: TerminalOptions) throws(TerminalError) {
    try self.init(options, device: "/dev/tty", type: getenv("TERM").map { String(cString: $0) })
  }

  /// Opens a terminal by its path; anything that can be written will do, for tests.
  /// - Parameter type: the terminal's name in terminfo.
  package init(_ options: TerminalOptions, device: String, type: String?) throws(TerminalError) {
    guard let type, !type.isEmpty else { throw .termUnset }
    let descriptor = open(device, O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard descriptor >= 0, let file = fdopen(descriptor, "r+") else {
      throw .noTerminal(device: device, reason: String(cString: strerror(errno)))
    }
    // Only the character set is the locale's business here: numbers and times keep their form.
    setlocale(LC_CTYPE, "")
    let isUTF8 = String(cString: nl_langinfo(Int32(CODESET))) == "UTF-8"

    var modes = termios()
    let savedModes = tcgetattr(descriptor, &modes) == 0 ? modes : nil
    // Before newterm, which would send garbage to a terminal that cannot be drawn on.
    guard lanes_load_description(type, descriptor) == OK else {
      fclose(file)
      throw .termUnknown(type)
    }
    guard lanes_capability("cup") != nil else {
      fclose(file)
      throw .noCursorAddressing(type)
    }
    guard let screen = newterm(type, file, file), let window = newwin(0, 0, 0, 0), let keyboard = newpad(1, 1)
    else {
      fclose(file)
      throw .termUnknown(type)
    }

    raw()
    noecho()
    nonl()
    curs_set(0)
    // Or a key pressed while a frame is written would leave the rest of it for the next frame that differs.
    typeahead(-1)
    // Milliseconds that an escape character waits for the rest of a sequence.
    set_escdelay(25)
    keypad(keyboard, true)
    nodelay(keyboard, true)
    leaveok(window, true)

    let hasMouse = options.mouse && lanes_capability("kmous") != nil
    // A terminal with a mouse is a program, and ignores a mode that it does not know.
    let hasPaste = lanes_capability("BE") != nil || lanes_capability("kmous") != nil
    let added = TerminalModes(mouse: hasMouse, paste: hasPaste)
    let synchronization = SynchronizedOutput()
    let restoration = UnsafeMutablePointer<Restoration>.allocate(capacity: 1)
    // A trap in the middle of a frame must not leave it held back.
    restoration.initialize(
      to: Restoration(
        descriptor: descriptor, modes: savedModes, off: (synchronization?.end ?? []) + added.off))
    armRestoration(restoration)
    if hasMouse { MouseReports.define() }
    if hasPaste { BracketedPaste.define() }

    let depth = Self.chooseColors(wanted: options.color)
    colorDepth = depth
    usesASCII = options.ascii == true || !isUTF8
    size = (Int(getmaxx(window)), Int(getmaxy(window)))
    styles = StyleTable(theme: options.theme, depth: depth)
    self.file = file
    self.screen = screen
    self.window = window
    self.keyboard = keyboard
    self.restoration = restoration
    self.modes = added
    self.synchronization = synchronization
    write(added.on)
    // LINES and COLUMNS of the environment may be older than the window.
    fitWindow()
  }

  deinit {
    if isActive { giveBack() }
    delscreen(screen)
    fclose(file)
    restoration.pointee.bytes.deallocate()
    restoration.deallocate()
  }

  private static func chooseColors(wanted: Bool?) -> ColorDepth {
    let forbidden = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
    guard wanted ?? !forbidden, has_colors(), start_color() == OK else { return .none }
    use_default_colors()
    return switch lanes_colors() {
    case 256: .many
    // More than 256 are red, green and blue in one number, of which only the first eight mean what they mean
    // elsewhere.
    case 8...: .eight
    default: .none
    }
  }

  /// The descriptor on which keys arrive: for `poll`.
  package var inputDescriptor: Int32 { fileno(file) }

  /// Shows a frame: writes the cells that differ from the frame shown before, and nothing where none does.
  package mutating func show(_ frame: borrowing Frame) {
    guard isActive else { return }
    let isComparable = shown.map { $0.columns == frame.columns && $0.rows == frame.rows } ?? false
    if !isComparable { werase(window) }
    let columns = min(frame.columns, size.columns)
    var isChanged = !isComparable
    for row in 0..<min(frame.rows, size.rows) {
      let cells = frame.cells[row * frame.columns..<row * frame.columns + columns]
      var changed = cells.startIndex..<cells.endIndex
      if isComparable, let old = shown?.cells[cells.indices] {
        guard let first = cells.indices.first(where: { cells[$0] != old[$0] }),
          let last = cells.indices.last(where: { cells[$0] != old[$0] })
        else { continue }
        // The second half of a wide character comes with its first, which alone shows the difference.
        let isHalf = last + 1 < cells.endIndex && cells[last + 1].isContinuation
        changed = first..<last + (isHalf ? 2 : 1)
      }
      isChanged = true
      draw(cells[changed], column: changed.lowerBound - cells.startIndex, row: row)
    }
    guard isChanged else { return }
    shown = copy frame
    if let synchronization { write(synchronization.begin) }
    wrefresh(window)
    if let synchronization { write(synchronization.end) }
  }

  private mutating func draw(_ cells: ArraySlice<Cell>, column: Int, row: Int) {
    run.removeAll(keepingCapacity: true)
    var takesNext = false
    for place in cells.indices {
      let cell = cells[place]
      if takesNext {
        // ncurses fills the second cell of a wide character by itself.
        takesNext = false
        continue
      }
      let isWide = place + 1 < cells.endIndex && cells[place + 1].isContinuation
      var glyph = cell.glyph.printable(ascii: usesASCII)
      // A wide one whose second half is beyond the screen, or one that is as wide as that for the C library alone.
      if glyph >= 0x300, lanes_columns(wchar_t(bitPattern: glyph)) != (isWide ? 2 : 1) { glyph = 0x3F }
      takesNext = isWide && glyph >= 0x300
      var drawn = styles.template(cell.style)
      drawn.chars.0 = wchar_t(bitPattern: glyph)
      run.append(drawn)
    }
    mvwadd_wchnstr(window, Int32(row), Int32(column), run, Int32(run.count))
  }

  /// Returns all keys that are waiting, without blocking. Sets `isGone` where the terminal has gone.
  package mutating func readKeys() -> [Key] {
    guard isActive else { return [] }
    var keys: [Key] = []
    var character: wint_t = 0
    while true {
      let result = wget_wch(keyboard, &character)
      if result == ERR { break }
      let key = result == KEY_CODE_YES ? take(code: Int32(bitPattern: character)) : take(character)
      guard let key else { continue }
      if key == .resize { resized() }
      keys.append(key)
    }
    isGone = hasHungUp()
    return keys
  }

  /// - Parameter code: ncurses' own, or that of a sequence defined here.
  private mutating func take(code: Int32) -> Key? {
    if paste.begins(with: code, at: milliseconds()) { return nil }
    if paste.isReading { return paste.key(for: code) }
    return mouse.begins(with: code) ? nil : Key(code: code)
  }

  private mutating func take(_ character: UInt32) -> Key? {
    if paste.isReading { return paste.take(character, at: milliseconds()) }
    return mouse.isReading ? mouse.take(character).map(Key.mouse) : Key(character: character)
  }

  private func milliseconds() -> Int {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return now.tv_sec * 1_000 + now.tv_nsec / 1_000_000
  }

  /// A terminal that has hung up is readable for ever, but holds nothing to read.
  private func hasHungUp() -> Bool {
    var request = pollfd(fd: inputDescriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&request, 1, 0) > 0 else { return false }
    if Int32(request.revents) & (POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
    var waiting: Int32 = 0
    return ioctl(inputDescriptor, UInt(FIONREAD), &waiting) != 0 || waiting == 0
  }

  /// Takes over the window's new size, after SIGWINCH. The next frame is drawn anew.
  package mutating func resized() {
    guard isActive else { return }
    fitWindow()
    clear()
  }

  private mutating func fitWindow() {
    var now = winsize()
    if ioctl(inputDescriptor, UInt(TIOCGWINSZ), &now) == 0, now.ws_col > 0, now.ws_row > 0,
      (Int(now.ws_col), Int(now.ws_row)) != (size.columns, size.rows)
    {
      // It resizes the window with the screen; unlike resizeterm, it does not put a resize key into the input.
      resize_term(Int32(now.ws_row), Int32(now.ws_col))
    }
    size = (Int(getmaxx(window)), Int(getmaxy(window)))
  }

  /// Forgets the cells on the screen, so that the next frame is drawn anew.
  package mutating func clear() {
    shown = nil
    clearok(window, true)
  }

  /// Gives the terminal back to the shell and stops the job, as Ctrl-Z does; continued, shows the screen again.
  package mutating func suspend() { suspend(stopping: stopJob) }

  /// - Parameter stop: called while the terminal is given back.
  package mutating func suspend(stopping stop: () -> Void) {
    guard isActive else { return }
    giveBack()
    stop()
    armRestoration(restoration)
    write(modes.on)
    let last = shown
    resized()
    if let last { show(last) } else { wrefresh(window) }
  }

  /// Gives the terminal back as it was. Calling it again does nothing, and nothing is shown any more.
  package mutating func restore() {
    guard isActive else { return }
    isActive = false
    giveBack()
  }

  private func giveBack() {
    armRestoration(nil)
    write(modes.off)
    endwin()
  }

  /// Writes past ncurses, which knows nothing of these modes.
  private func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { writeWhole($0, to: inputDescriptor) }
  }
}
