import Diagnostics
import DialectReading
import Documents
import Panther
import RuleModel
import Testing

/// A folder of Panther's, held in memory.
struct PantherFolder {
  private let files: [String: SourceFile]
  private let named: [Companion.Name: [PlacedCompanion]]

  /// - Parameter files: the text of each file by its path.
  init(files: [String: String]) throws { try self.init(bytes: files.mapValues { Array($0.utf8) }) }

  /// - Parameter files: the bytes of each file by its path.
  init(bytes files: [String: [UInt8]]) throws {
    self.files = Dictionary(uniqueKeysWithValues: files.map { ($0, SourceFile(path: $0, bytes: $1)) })
    var named: [Companion.Name: [PlacedCompanion]] = [:]
    for (path, file) in self.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".yml") {
      for companion in DialectReader.panther.companions?.definitions(try SourceDocument(file)) ?? [] {
        named[companion.name, default: []].append(PlacedCompanion(companion, path: path, source: path))
      }
    }
    self.named = named
  }

  /// Reads the rules of one of its files, with the others as companions.
  func rules(in path: String) throws -> [Rule] {
    let (files, named) = (files, named)
    let companions = Companions(file: { files[$0] }, paths: { _ in [] }, named: { named[$0] ?? [] })
    let document = try SourceDocument(try #require(files[path]))
    try #require(DialectReader.panther.recognises(document))
    return DialectReader.panther.read(document, DialectContext(path: path, companions: companions)).rules.map {
      Rule($0)
    }
  }
}

/// The first rule of a file.
///
/// - Parameter others: the files beside it, by their paths.
func read(_ text: String, _ others: [String: String] = [:], at path: String = "rules/trail.yml") throws -> Rule {
  try #require(try PantherFolder(files: others.merging([path: text]) { $1 }).rules(in: path).first)
}
