import Attack
import RuleModel

/// A technique with how many groups use it.
protocol UsedByGroups {
  var row: CoverageReview.TechniqueRow { get }
  /// How many groups use exactly this technique, according to ATT&CK.
  var groups: Int { get }
}

extension GapReview.Gap: UsedByGroups {}
extension DepthReview.Row: UsedByGroups {}
extension UntestedTechnique: UsedByGroups {}

extension Sequence where Element: UsedByGroups {
  /// Those that the most groups use first, then by id.
  func mostUsedFirst() -> [Element] {
    sorted { left, right in
      left.groups != right.groups ? left.groups > right.groups : left.row.technique.id < right.row.technique.id
    }
  }
}
