import ArgumentParser
import Glibc
import LambdaEmulator
import LanesProgram

@main
struct Lanes: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lanes",
    abstract: "Shows what an AWS Lambda execution environment does, as swimlanes in the terminal.",
    discussion: """
      Examples:
        lanes                                  the first lesson: press i to send a request
        lanes watch -- aws-lambda-rie python3 -m awslambdaric app.handler
        aws-lambda-rie /var/runtime/bootstrap 2>&1 | lanes watch -
        lanes watch --record session.jsonl -- aws-lambda-rie ./bootstrap
        lanes play session.jsonl
        lanes summary --json session.jsonl
        lanes simulate demos/steady.yaml
      """,
    version: "0.1.0",
    subcommands: [
      Demo.self, Run.self, Cold.self, Watch.self, Record.self, Play.self, Summary.self, Convert.self,
      Diff.self,
      Export.self,
      Simulate.self,
    ],
    defaultSubcommand: Demo.self)

  /// Exit codes: 0, 1 for a failure, 2 for wrong usage, 128 + n for a signal.
  static func main() {
    superviseIfAsked()
    do {
      // Where there is nothing to parse, not parsing saves a good part of the start.
      guard CommandLine.arguments.count > 1 else { return try DemoRun().run() }
      var command = try parseAsRoot()
      try command.run()
    } catch let end as ProgramEnd {
      Glibc.exit(end.status)
    } catch {
      // The program's words for a wrong usage become the parser's, which explain how to use the command.
      let error: any Error = (error as? Misuse).map { ValidationError($0.description) } ?? error
      let code = exitCode(for: error)
      let message = fullMessage(for: error, columns: helpColumns)
      if code == .success {
        print(message)
        Glibc.exit(0)
      }
      writeError(message.isEmpty ? "\(error)" : message)
      Glibc.exit(code == .validationFailure ? 2 : 1)
    }
  }
}

/// Columns for help texts. ArgumentParser traps on a terminal that is too narrow for its two columns.
private var helpColumns: Int {
  var size = winsize()
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
  return min(100, max(60, Int(size.ws_col)))
}
