import Diagnostics
import QueryLanguages
import RuleModel
import Testing

extension QueryReading {
  /// What a query's stages say, from the first one: `all(a eq 1, not(b contains x), <a no test>, «not read»)`.
  var logic: String { stages.first.map { words($0.predicate, depth: 0) } ?? "" }

  /// The stages, each with its name and its own logic.
  var stageWords: [String] { stages.map { "\($0.name): \(words($0.predicate, depth: 0, opens: false))" } }

  /// `12: message [query-syntax]`, with the column.
  var faultWords: [String] { faults.map { "\($0.position.column): \($0.message) [\($0.id.name)]" } }

  private func words(_ predicate: Predicate, depth: Int, opens: Bool = true) -> String {
    func list(_ parts: [Predicate]) -> String {
      parts.map { words($0, depth: depth + 1, opens: opens) }.joined(separator: ", ")
    }
    return switch predicate {
    case .all(let parts): "all(\(list(parts)))"
    case .any(let parts): "any(\(list(parts)))"
    case .not(let part): "not(\(list([part])))"
    case .test(let test):
      ([test.field ?? "-", test.kind.rawValue, test.value] + test.modifiers.names.map { "(\($0))" })
        .joined(separator: " ")
    case .stage(let index):
      opens && depth < 64 && stages.indices.contains(index)
        ? words(stages[index].predicate, depth: depth + 1) : "#\(index)"
    case .text(let text): text.meaning == .noTest ? "<\(text.text)>" : "«\(text.text)»"
    }
  }
}

/// Reads a query of one line, whose columns are its bytes.
func reading(_ text: String, _ read: ([UInt8], @escaping (Int) -> SourcePosition) -> QueryReading) -> QueryReading {
  read(Array(text.utf8)) { SourcePosition(line: 1, column: $0 + 1) }
}

/// Many of one thing, between others; a failure shows what of, not all of it.
struct Repeated: CustomTestStringConvertible, Sendable {
  private let start: String
  private let piece: String
  private let count: Int
  private let end: String

  init(_ start: String, _ piece: String, _ count: Int, _ end: String = "") {
    self.start = start
    self.piece = piece
    self.count = count
    self.end = end
  }

  init(_ piece: String, _ count: Int, _ end: String = "") { self.init("", piece, count, end) }

  var text: String { start + String(repeating: piece, count: count) + end }
  var testDescription: String { "\(start)\(piece) × \(count)\(end)" }
}
