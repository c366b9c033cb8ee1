import Synchronization
import Text

/// A file that findings point into, by all that it is called. How a report spells it is decided where it is written, by ``PathSpelling``.
package final class SourceFile: Sendable {
  /// As the user would open it: the path that they gave, and what is below it. Never an absolute path that they didn't give.
  package let path: String
  /// As it is published: below the given path, behind the collection's name where there are several. It doesn't depend on how the user
  /// gave the path.
  package let source: String
  /// What the file held when it was read; nil where it couldn't be read, or isn't kept.
  package let bytes: [UInt8]?
  private let lines = AtomicLazyReference<Lines>()

  /// - Parameter source: the path itself when left out, as for files that aren't published.
  package init(path: String, source: String? = nil, bytes: [UInt8]? = nil) {
    self.path = path
    self.source = source ?? path
    self.bytes = bytes
  }

  /// The last part of its path.
  package var name: String { lastPart(of: source) }

  /// Where its lines start, which is found when first asked for.
  private final class Lines: Sendable {
    let starts: [Int]

    init(of bytes: [UInt8]) {
      // A byte order mark is no part of the first line.
      var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
      for (at, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(at + 1) }
      self.starts = starts
    }
  }

  /// A line with its end; nil where there is none, or the bytes aren't known.
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
  /// By what they are called.
  package static func == (left: SourceFile, right: SourceFile) -> Bool {
    left === right
      || (left.path.utf8.elementsEqual(right.path.utf8) && left.source.utf8.elementsEqual(right.source.utf8))
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(path) }
}

/// How a report names files.
package enum PathSpelling: Sendable {
  /// ``SourceFile/path``.
  case opened
  /// ``SourceFile/source``.
  case published
  /// As seen from a folder, by its path with a slash at its end: relative where a file is below it, and without `./`. Where the folder isn't
  /// known, as opened without `./`.
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
