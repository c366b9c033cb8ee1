import Diagnostics
import Events
import Files
import Telemetry
import Text

/// A telemetry file and the collectors' files that it names, as bytes.
struct TelemetryFiles: Equatable, Sendable {
  struct Content: Equatable, Sendable {
    var reference: TelemetryFile.Reference
    /// The path to open, relative to the working folder.
    var path: String
    /// nil if it can't be read.
    var bytes: [UInt8]?
  }

  let path: String
  let file: TelemetryFile
  let contents: [Content]
  /// Problems in the telemetry file, and files that it names but that can't be read.
  private let faults: [Diagnostic]

  /// - Parameter path: the telemetry file; paths in it are relative to its folder.
  /// - Throws: if the telemetry file itself can't be read.
  init(reading path: String) throws(InputError) {
    var (file, faults) = TelemetryFile.parse(
      try InputFile.bytes(of: path), of: SourceFile(path: path, source: lastPart(of: path)))
    if faults.contains(where: { $0.severity == .error }), file.isEmpty { throw InputError(faults) }
    var contents: [Content] = []
    for var reference in file.references {
      let place = TelemetryFiles.place(of: reference, from: path)
      var places = [place]
      do throws(InputError) {
        if reference.kind == .auditd, isFolder(place) {
          reference.isFolder = true
          places = try TelemetryFiles.ruleFiles(in: place)
        }
      } catch {
        faults += TelemetryFiles.faults(error, of: reference)
        contents.append(Content(reference: reference, path: place))
        continue
      }
      for place in places {
        var content = Content(reference: reference, path: place)
        do throws(InputError) {
          content.bytes = try InputFile.bytes(of: place)
        } catch {
          faults += TelemetryFiles.faults(error, of: reference)
        }
        contents.append(content)
      }
    }
    (self.path, self.file, self.contents, self.faults) = (path, file, contents, faults)
  }

  private static func faults(_ error: InputError, of reference: TelemetryFile.Reference) -> [Diagnostic] {
    error.diagnostics.map { fault in
      Diagnostic(
        .telemetry, at: reference.location, "'\(shortened(reference.path))' can't be read: \(fault.message)")
    }
  }

  /// The files of a folder that augenrules(8) joins, in its order.
  private static func ruleFiles(in folder: String) throws(InputError) -> [String] {
    let folder = folder.hasSuffix("/") ? folder : folder + "/"
    let names = try InputFile.names(in: folder).filter { $0.hasSuffix(".rules") }.sorted(by: inNaturalOrder)
    guard !names.isEmpty else {
      throw InputError(.telemetry, at: folder, "the folder has no '.rules' file; name another folder")
    }
    return names.map { folder + $0 }
  }

  /// The places to watch for changes: the files, and the folders in which others may appear.
  var places: [String] {
    contents.map(\.path)
      + Set(contents.filter(\.reference.isFolder).map { Text.folder(of: $0.path) }).sorted(by: inByteOrder)
  }

  private static func place(of reference: TelemetryFile.Reference, from path: String) -> String {
    reference.path.hasPrefix("/") ? reference.path : Text.folder(of: path) + reference.path
  }

  /// A collector's file is shown with its path as seen from the telemetry file.
  private func sourceFile(of content: Content) -> SourceFile {
    let folder = Text.folder(of: path)
    let isBelow = content.path.utf8.starts(with: folder.utf8)
    let source = isBelow ? String(decoding: content.path.utf8.dropFirst(folder.utf8.count), as: UTF8.self) : nil
    return SourceFile(path: content.path, source: source, bytes: content.bytes)
  }

  /// What the files say; what can't be read is among the findings, and the rest is used.
  func collected(map: EventMap) throws(InputError) -> CollectedTelemetry {
    let facts: CollectorFacts
    do throws(KnowledgeError) {
      facts = try CollectorFacts(parsing: Embedded.files(in: "catalog/knowledge/telemetry/"))
    } catch {
      throw InputError(error.diagnostics)
    }
    let telemetry = Telemetry(
      file, contents: contents.map { ($0.reference, sourceFile(of: $0)) }, facts: facts, map: map)
    var findings = (faults + telemetry.diagnostics).sorted()
    if telemetry.isEmpty, !findings.contains(where: { $0.severity == .error }) {
      findings.append(
        Diagnostic(
          .telemetry, at: SourceLocation(path: path), severity: .warning,
          "it lists nothing as collected, so all rules are blind; list what is collected under 'collected'"))
    }
    return CollectedTelemetry(path: path, telemetry: telemetry, findings: findings)
  }
}
