import Analysis
import RuleModel

/// Makes tables of tests that rules share.
struct SharedTestBuilder: Sendable {
  private let map: SiteMap

  init(_ map: SiteMap) { self.map = map }

  /// The hundred most shared tests, grouped by field and kind.
  ///
  /// - Parameters:
  ///   - title: what the rules do with them.
  ///   - isExcluded: whether the rules exclude them.
  /// - Returns: nil if there are none.
  func table(
    _ title: String, _ tests: [AuthoringGuide.SharedTest], isExcluded: Bool, at address: Address
  ) -> SharedTestTable? {
    guard !tests.isEmpty else { return nil }
    var rows: [(field: String?, kind: TestKind, tests: [AuthoringGuide.SharedTest])] = []
    for shared in tests.prefix(100) {
      let (field, kind) = (shared.entry.comparedField, shared.entry.test.kind)
      if let at = rows.firstIndex(where: { $0.kind == kind && $0.field == field }) {
        rows[at].tests.append(shared)
      } else {
        rows.append((field, kind, [shared]))
      }
    }
    return SharedTestTable(
      title: title,
      rows: Folded(rows, seen: 10).map { row in
        SharedTestRow(
          field: row.field, page: map.field(row.field, from: address), kind: row.kind.words,
          values: Folded(row.tests, seen: 12).map {
            SharedValue(
              value: ShownValue($0.entry.test, limit: 200),
              page: map.value($0.entry, isExcluded: isExcluded, from: address), rules: $0.rules,
              catalog: $0.catalog)
          })
      }, total: tests.count)
  }
}
