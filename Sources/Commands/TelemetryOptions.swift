import Analysis
import ArgumentParser
import Diagnostics
import Events
import RuleModel
import Telemetry

/// What is really collected.
struct TelemetryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is collected: a telemetry.yml. (default: the key 'telemetry' of ruledex.yml, if it is there)",
      valueName: "file"))
  var telemetry: String?

  /// What each rule sees of what is collected.
  ///
  /// - Returns: nil where it isn't told what is collected.
  /// - Throws: all errors in the telemetry file and in the files that it names. Warnings are told, and the rest counts.
  func view(_ catalog: LoadedCatalog, _ terminal: Terminal) throws(InputError) -> TelemetryView? {
    guard let path = telemetry ?? catalog.configuration.telemetry else { return nil }
    let collected = try Telemetry(reading: path, map: catalog.knowledge.events)
    let errors = collected.diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw InputError(collected.diagnostics) }
    terminal.report(collected.diagnostics.filter { $0.severity == .warning })
    return TelemetryView(collected, catalog.index, catalog.knowledge)
  }
}

/// What is collected, and what rules see of it.
struct TelemetryView: Sendable {
  let telemetry: Telemetry
  let visibility: VisibilityReview
  let view: CollectedView

  init(_ telemetry: Telemetry, _ index: CatalogIndex, _ knowledge: Knowledge) {
    self.telemetry = telemetry
    visibility = VisibilityReview(of: index, telemetry: telemetry, map: knowledge.events, fields: knowledge.fields)
    view = CollectedView(visibility, of: telemetry)
  }
}

extension Telemetry {
  /// - Parameter path: of the telemetry file; the files that it names count from its folder.
  /// - Throws: where one of them can't be read.
  fileprivate init(reading path: String, map: EventMap) throws(InputError) {
    let (file, faults) = TelemetryFile.parse(try InputFile.bytes(of: path), path: path)
    guard faults.isEmpty else { throw InputError(faults) }
    let folder = InputFile.folder(of: path)
    var contents: [(reference: TelemetryFile.Reference, path: String, bytes: [UInt8])] = []
    var missing: [Diagnostic] = []
    for reference in file.references {
      let place = reference.path.hasPrefix("/") ? reference.path : folder + reference.path
      do throws(InputError) {
        contents.append((reference, place, try InputFile.bytes(of: place)))
      } catch {
        missing += error.diagnostics.map { fault in
          Diagnostic(.telemetry, at: reference.location, "'\(reference.path)' can't be read: \(fault.message)")
        }
      }
    }
    guard missing.isEmpty else { throw InputError(missing) }
    let facts: CollectorFacts
    do throws(KnowledgeError) {
      facts = try CollectorFacts(parsing: Embedded.files(in: "catalog/knowledge/telemetry/"))
    } catch {
      throw InputError(error.diagnostics)
    }
    self.init(file, contents: contents, facts: facts, map: map)
  }
}
