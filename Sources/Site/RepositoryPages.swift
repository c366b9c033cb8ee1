package import Diagnostics
package import Templates

/// Where the files of rules and notes can be viewed: the pages of a repository.
package struct RepositoryPages: Hashable, Sendable {
  private let pattern: String
  private let folder: String

  /// - Parameters:
  ///   - pattern: an address, in which `{path}` is replaced by the source, and `{file}` by the path relative to the
  ///     folder.
  ///   - folder: that folder as messages name it, with a trailing slash, or empty.
  package init(pattern: String, folder: String) { (self.pattern, self.folder) = (pattern, folder) }

  /// - Returns: nil for a file outside the folder if the pattern needs its path there.
  package func page(of file: SourceFile) -> Link? {
    var address = pattern.replacing("{path}", with: Link(relative: file.source).address)
    if address.contains("{file}") {
      guard let below = pathBelowFolder(file.path) else { return nil }
      address = address.replacing("{file}", with: Link(relative: below).address)
    }
    return Link(external: address)
  }

  private func pathBelowFolder(_ file: String) -> String? {
    let slash = UInt8(ascii: "/")
    guard file.utf8.starts(with: folder.utf8), folder.utf8.first == slash || file.utf8.first != slash else {
      return nil
    }
    let parts = file.utf8.dropFirst(folder.utf8.count).split(separator: slash).map { String(Substring($0)) }
      .filter { $0 != "." }
    return parts.isEmpty || parts.contains("..") ? nil : parts.joined(separator: "/")
  }
}
