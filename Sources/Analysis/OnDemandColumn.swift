package import RuleModel
import Synchronization
import Text

/// A value for each rule that takes long to compute: for one rule on request, or for all at once, which costs less per
/// rule.
package final class OnDemandColumn<Value: Sendable>: Sendable {
  private final class Whole: Sendable {
    let column: RuleColumn<Value>

    init(_ column: RuleColumn<Value>) { self.column = column }
  }

  private let indices: Range<RuleID>
  private let values: @Sendable (_ rules: [RuleID]) -> [Value]
  private let whole = AtomicLazyReference<Whole>()

  /// - Parameters:
  ///   - indices: the indices of the rules.
  ///   - values: computes the values of some rules, in their order; may be called on any thread, and always returns the
  ///     same.
  package init(_ indices: Range<RuleID>, values: @escaping @Sendable (_ rules: [RuleID]) -> [Value]) {
    (self.indices, self.values) = (indices, values)
  }

  package subscript(rule: RuleID) -> Value { whole.load()?.column[rule] ?? values([rule])[0] }

  /// Prepares what all values share.
  func prepare() { _ = values([]) }

  /// The values of all rules.
  package var all: RuleColumn<Value> {
    (whole.load() ?? whole.storeIfNil(Whole(RuleColumn(values(Array(indices)))))).column
  }

  /// Computes the values of all rules on several threads.
  package func workOut(jobs: Int) async {
    if whole.load() != nil { return }
    prepare()
    let all = Array(indices)
    let jobs = max(1, jobs)
    let shares = (0..<jobs).map { all[all.count * $0 / jobs..<all.count * ($0 + 1) / jobs] }
    let values = values
    _ = whole.storeIfNil(
      Whole(RuleColumn(await inParallel(shares, jobs: jobs, chunk: 1) { values(Array($0)) }.flatMap { $0 })))
  }
}
