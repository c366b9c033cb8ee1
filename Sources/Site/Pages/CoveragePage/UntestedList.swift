import Templates

/// Techniques that rules detect, and that no rule says how to test.
struct UntestedList: TemplateModel {
  /// Those that most groups use first.
  var rows: Folded<UntestedItem>
  /// How many techniques that rules detect have a test: `4 of 52`.
  var tested: String

  static let shape = Shape<UntestedList>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "technique") },
    .text("tested") { $0.tested }, .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest },
    .text("restLabel") { $0.rows.label("technique") })
}

struct UntestedItem: TemplateModel {
  /// `T1059.001 Command and Scripting Interpreter: PowerShell`.
  var technique: TitledLink
  /// nil without telemetry.
  var state: StateMark?
  var rules: Int
  /// How many groups use it.
  var groups: Int

  static let shape = Shape<UntestedItem>(
    .model("technique") { $0.technique }, .optionalModel("state") { $0.state.map { MarkedState(mark: $0) } },
    .text("what") { "\(counted($0.rules, "rule")), \(counted($0.groups, "group"))" })
}
