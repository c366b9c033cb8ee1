import Diagnostics
import DialectReading
import Documents
import Panther
import RuleModel
import Testing

/// A folder of Panther's, held in memory.
struct PantherFolder {
  /// The text of each file by its path.
  var files: [String: String]

  /// Reads the rules of one of its files, with the others as companions.
  func rules(in path: String) throws -> [Rule] {
    let files = files
    func source(_ path: String) -> SourceFile? { files[path].map { SourceFile(path: path, bytes: Array($0.utf8)) } }
    var named: [Companion.Name: [PlacedCompanion]] = [:]
    for (path, text) in files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".yml") {
      let document = try SourceDocument(SourceFile(path: path, bytes: Array(text.utf8)))
      for companion in DialectReader.panther.companions?.definitions(document) ?? [] {
        named[companion.name, default: []].append(PlacedCompanion(companion, path: path, source: path))
      }
    }
    let all = named
    let companions = Companions(
      file: { path in files[path].map { SourceFile(path: path, bytes: Array($0.utf8)) } }, paths: { _ in [] },
      named: { all[$0] ?? [] })
    let document = try SourceDocument(try #require(source(path)))
    try #require(DialectReader.panther.recognises(document))
    let context = DialectContext(path: path, companions: companions)
    return DialectReader.panther.read(document, context).rules.map { Rule($0) }
  }
}
