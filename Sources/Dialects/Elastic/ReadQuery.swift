import Diagnostics
import RuleModel
import Text

/// What one of a rule's queries, or a query within it, reads.
struct ReadQuery {
  /// Its first stage.
  let stage: Int
  /// The indices that it names.
  var indices = DistinctList<String>()
  /// Where the first of them is written.
  var position: SourcePosition?
  /// The osquery tables that it reads.
  var tables = DistinctList<String>()
  /// The category of all its events, as in EQL's `process where`; nil for any, and for a sequence.
  var category: String?
}

extension [ReadQuery] {
  var byStage: [Int: ReadQuery] { Dictionary(map { ($0.stage, $0) }) { first, _ in first } }
}
