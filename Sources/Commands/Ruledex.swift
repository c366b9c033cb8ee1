package import ArgumentParser

/// The command line: `ruledex build`, …
package struct Ruledex: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "ruledex",
    abstract: "Turns directories of detection rules into a documentation site and a coverage review.",
    version: version,
    subcommands: [BuildCommand.self, AttackCommand.self])

  package init() {}
}

/// The version of the program, which stands in what it makes.
package let version = "0.1.0"
