import Analysis
import RuleModel
import Templates

extension CoveragePageBuilder {
  /// The techniques that rules detect and that no rule says how to test; nil if no rule of the catalog says so at all.
  func untestedList() -> UntestedList? {
    let review = content.review
    guard review.namesSimulations else { return nil }
    let untested = review.untested(content.attack)
    guard !untested.isEmpty else { return nil }
    let found = review.coverage.found
    return UntestedList(
      rows: Folded(untested, seen: 12).map { untested in
        let id = untested.row.technique.id
        return UntestedItem(
          technique: TitledLink(
            title: "\(id) \(content.attack.fullName(of: id))", page: frames.map.technique(id, from: address)),
          state: review.collected == nil ? nil : StateMark(untested.row.state), rules: untested.row.rules.count,
          groups: untested.groups)
      }, tested: "\(grouped(found - untested.count)) of \(grouped(found))")
  }
}
