package import Attack
package import RuleModel

/// What of the techniques of several targets, such as groups, a catalog covers, side by side.
package struct TargetComparison: Sendable {
  package struct Column: Sendable {
    package var target: AttackTarget
    package var tally: TechniqueTally
  }

  package struct Row: Sendable {
    package var technique: CoverageReview.TechniqueRow
    /// How the technique came into each target, in the order of the columns; nil where it isn't in it.
    package var origins: [AttackTarget.Origin?]

    /// How many of the targets it is in.
    package var targets: Int { origins.count { $0 != nil } }
  }

  package let hasTelemetry: Bool
  package let columns: [Column]
  /// The techniques of any target: those of most targets first, then by id.
  package let rows: [Row]
  /// Those that all targets have in common.
  package let shared: TechniqueTally

  /// - Parameters:
  ///   - targets: at least two.
  ///   - review: what is out of the configured scope is left out; its scope has at least the targets' techniques that are to be compared; others are left out.
  package init(_ targets: [AttackTarget], _ review: CoverageReview) {
    hasTelemetry = review.hasTelemetry
    let rows = review.inScope.map { row in
      Row(technique: row, origins: targets.map { $0.origins[row.technique.id] })
    }.filter { $0.targets > 0 }
    columns = targets.enumerated().map { at, target in
      Column(
        target: target,
        tally: TechniqueTally(of: rows.lazy.filter { $0.origins[at] != nil }.map(\.technique.state)))
    }
    shared = TechniqueTally(of: rows.lazy.filter { $0.targets == targets.count }.map(\.technique.state))
    self.rows = rows.sorted { left, right in
      left.targets != right.targets
        ? left.targets > right.targets : left.technique.technique.id < right.technique.technique.id
    }
  }
}
