import ArgumentParser
import Diagnostics
import Events
import Text

/// `ruledex events`: commands for the event map.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Works with the event map.", subcommands: [EventsImportCommand.self])
}

/// `ruledex events import`: converts manifests to an event map for `events` in ruledex.yml.
struct EventsImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Creates an event map from Windows instrumentation manifests.",
    discussion: """
      Reads instrumentation manifests (.man, .xml), exports of WEPExplorer, and the schema that 'sysmon -s' prints. The event map \
      goes to standard output, or to the file that --output names; the key 'events' of ruledex.yml uses it. Titles that Ruledex \
      already has are kept.
      """)

  @Argument(
    help: ArgumentHelp(
      "The manifests; if several describe an event, its highest version counts.", valueName: "manifest"))
  var manifests: [String]

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write. (default: standard output)", valueName: "file"))
  var output: String?

  func run() throws {
    let terminal = Terminal()
    do throws(InputError) {
      let made = try imported()
      terminal.report(made.warnings)
      if let output { try OutputFile.write(made.bytes, to: output) } else { try terminal.result(made.bytes) }
      terminal.note("\(counted(made.events, "event")) of \(counted(made.providers, "provider"))")
    } catch {
      terminal.report(error.diagnostics)
      throw ExitCode(2)
    }
  }

  private func imported() throws(InputError) -> ManifestImport {
    var files: [(path: String, bytes: [UInt8])] = []
    for path in manifests { files.append((path, try InputFile.bytes(of: path))) }
    do throws(KnowledgeError) {
      let shipped = try EventMap(parsing: Embedded.files(in: "catalog/knowledge/events/"))
      return try ManifestImport(files, over: shipped)
    } catch {
      throw InputError(error.diagnostics)
    }
  }

}
