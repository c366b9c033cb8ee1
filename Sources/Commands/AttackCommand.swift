import ArgumentParser
import Attack
import Diagnostics

/// `ruledex attack`: commands for ATT&CK's data.
struct AttackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attack", abstract: "Works with ATT&CK's data.", subcommands: [AttackImportCommand.self])
}

/// `ruledex attack import`: converts MITRE's STIX bundle to the data that `--attack` takes.
struct AttackImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Creates ATT&CK data from a MITRE STIX bundle.",
    discussion: """
      Reads STIX 2.0 and 2.1, plain or compressed with gzip. The data goes to standard output, or to the file that --output names; \
      'ruledex build --attack FILE' and the key 'attack' of ruledex.yml use them.
      """)

  @Argument(help: "The bundle, such as enterprise-attack.json.")
  var stix: String

  @Option(help: ArgumentHelp("ATT&CK's version, if the bundle doesn't name it.", valueName: "version"))
  var version: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
  var output: String?

  func run() throws {
    let terminal = Terminal()
    do throws(InputError) {
      let matrix = try matrix()
      let bytes = matrix.serialized()
      if let output { try OutputFile.write(bytes, to: output) } else { try terminal.result(bytes) }
      terminal.note("\(matrix.title): \(words(of: matrix.summary))")
    } catch {
      terminal.report(error.diagnostics)
      throw ExitCode(2)
    }
  }

  private func matrix() throws(InputError) -> AttackMatrix {
    let bytes = try InputFile.bytes(of: stix)
    do throws(ImportError) {
      return try importSTIX(bytes, version: version)
    } catch {
      throw InputError([error.diagnostic(in: stix)])
    }
  }

  private func words(of summary: AttackSummary) -> String {
    [
      (summary.tactics, "tactics"), (summary.techniques, "techniques"), (summary.subtechniques, "sub-techniques"),
      (summary.revokedTechniques, "revoked"), (summary.deprecatedTechniques, "deprecated"), (summary.groups, "groups"),
      (summary.campaigns, "campaigns"), (summary.software, "software"), (summary.strategies, "detection strategies"),
    ].map { "\($0) \($1)" }.joined(separator: ", ")
  }
}
