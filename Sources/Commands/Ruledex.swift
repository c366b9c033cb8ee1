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
  /// Runs the command that the arguments name, and ends the program: 0 fine, 1 findings, 2 wrong usage or unreadable input.
  package static func start() -> Never {
    StandardStream.reserveNumbers()
    // A reader that wants no more of the results ends nothing: a gate's code counts all the same.
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
      // The library's own code for wrong usage is that of sysexits.h, 64.
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
  /// Help, the version or completions are results, too.
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

/// The version of the program, which is in what it makes.
package let version = "0.1.0"
