import Diagnostics
import DialectReading
import Documents
import Text

/// The files of a folder that rules may need beside their own: those that the walk met, so that nothing is read through links.
final class CompanionFolder: Sendable {
  private let files: [String: FoundFile]
  private let limit: Int

  /// - Parameter limit: of a file, in bytes; a larger one isn't there.
  init(_ files: [FoundFile], limit: Int) {
    self.files = Dictionary(
      files.lazy.filter { $0.skipped == nil || $0.mayAccompany }.map { ($0.relativePath, $0) },
      uniquingKeysWith: { first, _ in first })
    self.limit = limit
  }

  var companions: Companions {
    Companions(
      file: { [self] path in
        guard let file = files[path], let contents = try? contents(of: file, limit: limit) else { return nil }
        return file.holding(contents.bytes)
      },
      paths: { [self] name in files.keys.filter { hasExtension($0, [name]) }.sorted(by: inByteOrder) })
  }

  /// The source of the file that was asked for; nil where there is none, or only names were.
  func source(of access: CompanionAccess) -> String? {
    guard case .file(let path) = access.question else { return nil }
    return files[path]?.source
  }
}
