import Templates

/// The gaps that a team accepts.
struct AcceptedTable: TemplateModel {
  /// In the order of the configuration.
  var rows: [AcceptedRow]

  static let shape = Shape<AcceptedTable>(
    .text("count") { grouped($0.rows.count) },
    .text("summary") { $0.rows.count == 1 ? "1 entry" : "\(grouped($0.rows.count)) entries" },
    .list("rows") { $0.rows })
}

/// An accepted gap.
struct AcceptedRow: TemplateModel {
  var id: String
  var name: String
  var page: Link?
  /// `and 7 sub-techniques`; nil for none.
  var more: String?
  /// What the rules do for it now.
  var state: MarkedState?
  var reason: String
  /// `2027-03-31`; nil for no end.
  var until: String?
  /// Whether its date has passed, so that it counts again.
  var isOver: Bool
  var owner: String?

  static let shape = Shape<AcceptedRow>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page },
    .optionalText("more") { $0.more }, .optionalModel("state") { $0.state }, .text("reason") { $0.reason },
    .text("until") { $0.until ?? "no end" }, .optionalText("over") { $0.isOver ? "passed: it counts again" : nil },
    .optionalText("owner") { $0.owner })
}

/// The techniques that don't count, by reason.
struct OutOfScopeSection: TemplateModel {
  /// `Windows, Linux; without Reconnaissance (TA0043)`.
  var scope: String
  /// The reasons of most techniques first.
  var reasons: [OutOfScopeReason]

  private var count: Int { reasons.reduce(0) { $0 + $1.techniques.count } }

  static let shape = Shape<OutOfScopeSection>(
    .text("count") { grouped($0.count) }, .text("summary") { counted($0.count, "technique") },
    .text("scope") { $0.scope }, .list("reasons") { $0.reasons })
}

struct OutOfScopeReason: TemplateModel {
  /// `excluded with TA0043`.
  var words: String
  /// By id.
  var techniques: [TitledLink]

  static let shape = Shape<OutOfScopeReason>(
    .text("count") { counted($0.techniques.count, "technique") }, .text("words") { $0.words },
    .list("techniques") { $0.techniques })
}
