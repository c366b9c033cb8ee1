package import ArgumentParser
import Dispatch
import Files

/// The command line: `ruledex build`, …
package struct Ruledex: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "ruledex",
    abstract: "Turns directories of detection rules into a documentation site and a coverage review.",
    version: version,
    subcommands: [
      InitCommand.self, BuildCommand.self, ServeCommand.self, ShowCommand.self, SearchCommand.self,
      CoverageCommand.self, GapsCommand.self, DiffCommand.self, LintCommand.self, BadgeCommand.self, AttackCommand.self,
      EventsCommand.self,
    ])

  package init() {}
}

extension Ruledex {
  /// Runs the command that the arguments name, and exits: 0 for success, 1 for findings, 2 for wrong usage or
  /// unreadable input.
  package static func start() -> Never {
    StandardStream.reserveNumbers()
    // If the reader of the output closes the pipe, the program continues: a gate's exit code still matters.
    CurrentProcess.ignoreBrokenPipes()
    Task { await run() }
    dispatchMain()
  }

  private static func run() async -> Never {
    do {
      var command = try await asyncParseAsRoot(
        SearchCommand.withNegatedTermsAside(Array(CommandLine.arguments.dropFirst())))
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch  where exitCode(for: error) == .validationFailure {
      // The library's own code for wrong usage is 64, from sysexits.h.
      Terminal().note(fullMessage(for: error))
      exit(withError: ExitCode(2))
    } catch  where exitCode(for: error) == .success {
      end(showing: fullMessage(for: error))
    } catch {
      exit(withError: error)
    }
    exit()
  }
}

extension Ruledex {
  /// Help, the version and completions are results, too.
  private static func end(showing text: String) -> Never {
    let terminal = Terminal()
    do throws(InputError) {
      if !text.isEmpty { try terminal.result(text) }
      exit()
    } catch {
      terminal.report(error.diagnostics)
      exit(withError: ExitCode(2))
    }
  }
}

/// The program's version, which is included in its output.
package let version = "0.1.0"
