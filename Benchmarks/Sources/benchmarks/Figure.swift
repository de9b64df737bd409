internal import Glibc

/// One line of the table.
struct Figure {
  var what: String
  var measured: String
  var budget = ""
  /// The other program's figure, measured in the same run.
  var peer = ""
  var ratio = ""
}

private let widths = [44, 40, 18, 34]

func printHeader() {
  printCells(["what", "measured", "budget", "peer", "ratio"])
}

func printRow(_ figure: Figure) {
  printCells([figure.what, figure.measured, figure.budget, figure.peer, figure.ratio])
}

private func printCells(_ cells: [String]) {
  var line = ""
  for (index, cell) in cells.enumerated() {
    line += cell
    if index < widths.count { line += String(repeating: " ", count: max(2, widths[index] - cell.count)) }
  }
  while line.last == " " { line.removeLast() }
  print(line)
  fflush(nil)
}

/// A number with as many decimals as three digits need.
func decimal(_ value: Double) -> String {
  let decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2
  let scale = [1.0, 10.0, 100.0][decimals]
  let scaled = Int((value * scale).rounded())
  guard decimals > 0 else { return "\(scaled)" }
  let fraction = String(scaled % Int(scale))
  return "\(scaled / Int(scale))." + String(repeating: "0", count: decimals - fraction.count) + fraction
}

/// Millions a second: best and median.
func perSecond(_ count: Int, _ times: Times, _ unit: String) -> String {
  "\(decimal(Double(count) / times.best / 1e6)) M \(unit)/s (median \(decimal(Double(count) / times.median / 1e6)))"
}
