import Synchronization
import Text

/// A file that findings refer to, with all of its names. ``PathSpelling`` decides how a report shows it.
package final class SourceFile: Sendable {
  /// As the user would open it: the path that they gave, followed by the path below it. Never absolute unless they gave
  /// an absolute path.
  package let path: String
  /// As published: the path below the given one, prefixed with the collection's name if there are several. It doesn't
  /// depend on how the user gave the path.
  package let source: String
  /// The file's content when it was read; nil if it couldn't be read or isn't kept.
  package let bytes: [UInt8]?
  private let lines = AtomicLazyReference<Lines>()

  /// - Parameter source: defaults to the path, as for files that aren't published.
  package init(path: String, source: String? = nil, bytes: [UInt8]? = nil) {
    self.path = path
    self.source = source ?? path
    self.bytes = bytes
  }

  /// The last component of its path.
  package var name: String { lastPart(of: source) }

  /// Where its lines start, computed on first use.
  private final class Lines: Sendable {
    let starts: [Int]

    init(of bytes: [UInt8]) {
      // A byte order mark isn't part of the first line.
      var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
      for (at, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(at + 1) }
      self.starts = starts
    }
  }

  /// A line including its line ending; nil if there is no such line, or the bytes aren't known.
  ///
  /// - Parameter number: from 1.
  package func line(_ number: Int) -> ArraySlice<UInt8>? {
    guard let bytes, number > 0 else { return nil }
    let starts = (lines.load() ?? lines.storeIfNil(Lines(of: bytes))).starts
    guard number <= starts.count else { return nil }
    return bytes[starts[number - 1]..<(number < starts.count ? starts[number] : bytes.count)]
  }
}

extension SourceFile: Hashable {
  /// Compares the file's names.
  package static func == (left: SourceFile, right: SourceFile) -> Bool {
    left === right
      || (left.path.utf8.elementsEqual(right.path.utf8) && left.source.utf8.elementsEqual(right.source.utf8))
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(path) }
}

/// How a report spells file paths.
package enum PathSpelling: Sendable {
  /// ``SourceFile/path``.
  case opened
  /// ``SourceFile/source``.
  case published
  /// As seen from a folder, given by its path with a trailing slash: relative for files below it, and without `./`. If
  /// the folder isn't known, the path as opened, without `./`.
  case seen(from: [UInt8]?)

  package func path(of file: SourceFile) -> String {
    switch self {
    case .opened: return file.path
    case .published: return file.source
    case .seen(let folder):
      var rest = file.path.utf8[...]
      if let folder, rest.starts(with: folder) { rest = rest.dropFirst(folder.count) }
      while rest.starts(with: "./".utf8) { rest = rest.dropFirst(2).drop { $0 == UInt8(ascii: "/") } }
      return rest.isEmpty ? file.path : String(decoding: rest, as: UTF8.self)
    }
  }
}
