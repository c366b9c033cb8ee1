import Diagnostics
import Events
import Files
import Telemetry
import Text

/// A telemetry file and the collectors' files that it names, as bytes.
struct TelemetryFiles: Equatable, Sendable {
  struct Content: Equatable, Sendable {
    var reference: TelemetryFile.Reference
    /// As it can be opened from here.
    var path: String
    var bytes: [UInt8]
  }

  let path: String
  let file: TelemetryFile
  let contents: [Content]
  /// What is wrong with the telemetry file and doesn't keep it from being used.
  private let warnings: [Diagnostic]

  /// - Parameter path: of the telemetry file; the files that it names count from its folder.
  /// - Throws: where one of them can't be read.
  init(reading path: String) throws(InputError) {
    let (file, faults) = TelemetryFile.parse(try InputFile.bytes(of: path), path: path)
    if faults.contains(where: { $0.severity == .error }) { throw InputError(faults) }
    var contents: [Content] = []
    var missing: [Diagnostic] = []
    for var reference in file.references {
      let place = TelemetryFiles.place(of: reference, from: path)
      do throws(InputError) {
        var places = [place]
        if reference.kind == .auditd, isFolder(place) {
          reference.isFolder = true
          places = try TelemetryFiles.ruleFiles(in: place)
        }
        for place in places {
          contents.append(Content(reference: reference, path: place, bytes: try InputFile.bytes(of: place)))
        }
      } catch {
        missing += error.diagnostics.map { fault in
          Diagnostic(.telemetry, at: reference.location, "'\(reference.path)' can't be read: \(fault.message)")
        }
      }
    }
    guard missing.isEmpty else { throw InputError(missing) }
    (self.path, self.file, self.contents, warnings) = (path, file, contents, faults)
  }

  /// The files of a folder that augenrules(8) joins, in its order.
  private static func ruleFiles(in folder: String) throws(InputError) -> [String] {
    let folder = folder.hasSuffix("/") ? folder : folder + "/"
    let names = try InputFile.names(in: folder).filter { $0.hasSuffix(".rules") }.sorted(by: inNaturalOrder)
    guard !names.isEmpty else {
      throw InputError(.telemetry, at: folder, "the folder has no file whose name ends in '.rules'; name another")
    }
    return names.map { folder + $0 }
  }

  /// Where what it names can change: the files, and the folders in which others may appear.
  var places: [String] {
    contents.map(\.path)
      + Set(contents.filter(\.reference.isFolder).map { Text.folder(of: $0.path) }).sorted(by: inByteOrder)
  }

  private static func place(of reference: TelemetryFile.Reference, from path: String) -> String {
    reference.path.hasPrefix("/") ? reference.path : Text.folder(of: path) + reference.path
  }

  /// What they say.
  ///
  /// - Throws: all errors in them. Warnings and notes are reported, and the rest counts.
  func telemetry(map: EventMap, terminal: Terminal) throws(InputError) -> Telemetry {
    let facts: CollectorFacts
    do throws(KnowledgeError) {
      facts = try CollectorFacts(parsing: Embedded.files(in: "catalog/knowledge/telemetry/"))
    } catch {
      throw InputError(error.diagnostics)
    }
    let telemetry = Telemetry(
      file, contents: contents.map { ($0.reference, $0.path, $0.bytes) }, facts: facts, map: map)
    guard !telemetry.diagnostics.contains(where: { $0.severity == .error }) else {
      throw InputError(telemetry.diagnostics)
    }
    terminal.report(remarks(on: telemetry))
    return telemetry
  }

  /// What is wrong with the files and doesn't keep them from being used.
  func remarks(on telemetry: Telemetry) -> [Diagnostic] {
    let nothing = Diagnostic(
      .telemetry, at: SourceLocation(path: path), severity: .warning,
      "it doesn't say that anything is collected, and so all rules are blind; say what is under 'collected'")
    return warnings + telemetry.diagnostics + (telemetry.isEmpty ? [nothing] : [])
  }
}
