import Attack
import CEmbedded
import Glibc
import RuleModel
import Testing

/// The bytes of a file that the binary carries.
func embedded(_ path: String) throws -> [UInt8] {
  let files = UnsafeBufferPointer(start: ruledex_embedded_files(), count: ruledex_embedded_file_count())
  let file = try #require(files.first { String(cString: $0.path) == path }, "\(path) is not embedded")
  return Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
}

/// The data that we ship, read once.
func shippedMatrix() throws -> AttackMatrix { try shipped.get() }

private let shipped = Result {
  try AttackMatrix(
    parsing: try embedded("catalog/knowledge/attack/enterprise-attack.json"),
    retiredTactics: try parseRetiredTactics(try embedded("catalog/knowledge/attack/retired.json")))
}

func bytes(of path: String) throws -> [UInt8] {
  let file = try #require(fopen(path, "r"), "\(path) can't be opened")
  defer { fclose(file) }
  var (bytes, chunk): ([UInt8], [UInt8]) = ([], [UInt8](repeating: 0, count: 1 << 16))
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
  return bytes
}

func fixture(_ name: String) throws -> [UInt8] { try bytes(of: folder(above: #filePath) + "/Fixtures/" + name) }

/// The project's root.
let projectFolder = folder(above: folder(above: folder(above: #filePath)))

/// MITRE's own bundles, which are too large to keep here: `RULEDEX_SHARED`, or `shared` beside the project.
let sharedFolder = getenv("RULEDEX_SHARED").map { String(cString: $0) } ?? folder(above: projectFolder) + "/shared"

func isShared(_ name: String) -> Bool { access(sharedFolder + "/attack/" + name, R_OK) == 0 }

private func folder(above path: String) -> String {
  path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
}

extension TechniqueID {
  /// An id in a test; a malformed one fails the test that names it.
  init(known text: String) throws { self = try #require(TechniqueID(text), "\(text) is no technique's id") }
}

extension AttackObjectID {
  init(known text: String) throws { self = try #require(AttackObjectID(text), "\(text) is no id") }
}

/// A summary's numbers by name.
func numbers(_ matrix: AttackMatrix) -> [String: Int] {
  let summary = matrix.summary
  return [
    "tactics": summary.tactics, "techniques": summary.techniques, "subtechniques": summary.subtechniques,
    "revokedTechniques": summary.revokedTechniques, "deprecatedTechniques": summary.deprecatedTechniques,
    "groups": summary.groups, "campaigns": summary.campaigns, "software": summary.software,
    "strategies": summary.strategies, "analytics": summary.analytics,
  ]
}
