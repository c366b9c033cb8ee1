import Diagnostics
import Events
import Reading
import Telemetry

/// Collectors' files found in a folder, for `telemetry.yml` to name.
struct FoundCollectors {
  /// A file, by its path below the folder.
  struct File: Hashable {
    var kind: TelemetrySource.Kind
    var path: String
    /// Why it can't be used; nil if it can.
    var fault: String?
  }

  /// By kind, then path.
  private(set) var files: [File] = []

  var usable: [File] { files.filter { $0.fault == nil } }

  /// - Parameters:
  ///   - paths: all files below the folder.
  ///   - folder: with a trailing slash, or empty.
  init(among paths: [String], in folder: String, facts: CollectorFacts, map: EventMap) {
    let limit = 16 << 20
    for path in paths where isCandidate(path) && !isLeftOut(path) {
      guard let bytes = try? InputFile.bytes(of: folder + path), bytes.count <= limit,
        let kind = collectorKind(of: bytes, path: path, facts: facts)
      else { continue }
      let reference = TelemetryFile.Reference(kind: kind, path: path, location: SourceLocation(path: path))
      let telemetry = Telemetry(
        TelemetryFile(), contents: [(reference, SourceFile(path: path, bytes: bytes))], facts: facts, map: map)
      let fault = telemetry.diagnostics.first { $0.severity == .error }
      files.append(File(kind: kind, path: path, fault: fault.map { Terminal.harmless($0.description) }))
    }
    files.sort { ($0.kind.rawValue, $0.path) < ($1.kind.rawValue, $1.path) }
  }

  private func isCandidate(_ path: String) -> Bool {
    let path = path.lowercased()
    return [".xml", ".rules", ".csv", ".pol", ".reg"].contains { path.hasSuffix($0) }
  }

  private func isLeftOut(_ path: String) -> Bool {
    RuleFolders.leavesOut(path.utf8.split(separator: UInt8(ascii: "/")).dropLast().map { String(Substring($0)) })
  }
}
