import Diagnostics
import DialectReading
import Text

/// Findings that nearly all files of a folder may have, such as rules of another tool: the first one stands for all.
struct FindingsPerFolder {
  private struct Group: Hashable {
    var id: CheckID
    var folder: String
  }

  private let checks: Set<CheckID>
  /// In the order of their first findings.
  private var order: [Group] = []
  private var first: [Group: Diagnostic] = [:]
  private var files: [Group: Int] = [:]

  init(of readers: DialectReaders) { checks = readers.all.reduce(into: []) { $0.formUnion($1.checksPerFolder) } }

  /// Takes the findings of such checks out of a file's.
  mutating func rest(of findings: [Diagnostic]) -> [Diagnostic] {
    guard findings.contains(where: { checks.contains($0.id) }) else { return findings }
    return findings.filter { finding in
      guard checks.contains(finding.id) else { return true }
      let group = Group(id: finding.id, folder: folder(of: finding.location.file.source))
      if first[group] == nil {
        first[group] = finding
        order.append(group)
      }
      files[group, default: 0] += 1
      return false
    }
  }

  var findings: [Diagnostic] {
    order.compactMap { group in
      guard var finding = first[group], let count = files[group] else { return nil }
      if count > 1 {
        finding.message += "; the folder has \(count - 1) more \(count == 2 ? "file" : "files") of this kind"
      }
      return finding
    }
  }
}
