package import ArgumentParser

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
  package static func run() async -> Never {
    do {
      var command = try await asyncParseAsRoot()
      if var command = command as? any AsyncParsableCommand { try await command.run() } else { try command.run() }
    } catch  where exitCode(for: error) == .validationFailure {
      // The library's own code for wrong usage is that of sysexits.h, 64.
      Terminal().note(fullMessage(for: error))
      exit(withError: ExitCode(2))
    } catch {
      exit(withError: error)
    }
    exit()
  }
}

/// The version of the program, which stands in what it makes.
package let version = "0.1.0"
