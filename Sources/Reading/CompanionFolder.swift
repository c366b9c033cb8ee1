import Diagnostics
import DialectReading
import Documents
import Text

/// The files of a folder that rules may need besides their own. Only those found by the walk count, so that nothing is
/// read through links.
final class CompanionFolder: Sendable {
  /// All files found by the walk, by path.
  private let files: [FoundFile]
  private let limit: Int

  /// - Parameters:
  ///   - files: sorted by path.
  ///   - limit: the size limit of a file, in bytes; a larger one is treated as missing.
  init(_ files: [FoundFile], limit: Int) { (self.files, self.limit) = (files, limit) }

  /// - Parameter index: what the folder's files define by name.
  func companions(_ index: CompanionIndex) -> Companions {
    Companions(
      file: { [self] path in
        guard let file = file(at: path), let contents = try? contents(of: file, limit: limit) else { return nil }
        return file.holding(contents.bytes)
      },
      paths: { [self] name in
        files.lazy.filter { $0.isCompanion && hasExtension($0.relativePath, [name]) }.map(\.relativePath)
      },
      named: { index[$0] })
  }

  private func file(at path: String) -> FoundFile? {
    var (low, high) = (0, files.count)
    while low < high {
      let middle = low + (high - low) / 2
      if inByteOrder(files[middle].relativePath, path) { low = middle + 1 } else { high = middle }
    }
    guard low < files.count, files[low].isCompanion, byteOrder(files[low].relativePath, path) == 0 else { return nil }
    return files[low]
  }

  /// The source of the requested file; nil if there is none, or if only names were requested.
  func source(of access: CompanionAccess) -> String? {
    guard case .file(let path) = access.question else { return nil }
    return file(at: path)?.source
  }
}

extension FoundFile {
  fileprivate var isCompanion: Bool { skipped == nil || mayAccompany }
}
