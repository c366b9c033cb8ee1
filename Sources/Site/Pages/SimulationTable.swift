import Templates

/// How to test a rule, or the rules of a technique: attacks to play that they must detect.
struct SimulationTable: TemplateModel {
  /// At least one.
  var rows: Folded<SimulationRow>
  /// Whether the rows name their rules, as on a technique's page.
  var hasRules: Bool

  static let shape = Shape<SimulationTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "simulation") },
    .flag("hasRules") { $0.hasRules }, .list("first") { $0.rows.first }, .list("rest") { $0.rows.rest },
    .text("restLabel") { $0.rows.label("simulation") })
}

/// An attack to play.
struct SimulationRow: TemplateModel {
  /// As written; nil if it has no name.
  var name: String?
  /// `Atomic Red Team`, or as written.
  var collection: String?
  /// Link to where the collection describes it.
  var source: Link?
  var technique: TitledLink?
  /// Its id in the collection.
  var id: String?
  /// What runs it: `Invoke-AtomicTest T1222.002 -TestGuids …`; nil for collections that we don't know.
  var command: String?
  /// The rules that name it.
  var rules: [TitledLink] = []
  /// `and 12 more`.
  var more: String?

  /// On one line, for a terminal: `Remove immutable file attribute (T1222.002): Invoke-AtomicTest …`.
  var words: String {
    let what = technique.map { " (\($0.title))" } ?? ""
    return (name ?? id ?? "no name") + what + ((command ?? id).map { ": \($0)" } ?? "")
  }

  static let shape = Shape<SimulationRow>(
    .text("name") { $0.name ?? $0.id ?? "no name" }, .optionalText("collection") { $0.collection },
    .optionalLink("source") { $0.source }, .optionalModel("technique") { $0.technique },
    // A command has the id in it.
    .optionalText("id") { $0.command == nil && $0.name != nil ? $0.id : nil },
    .optionalText("command") { $0.command }, .list("rules") { $0.rules }, .optionalText("more") { $0.more })
}
