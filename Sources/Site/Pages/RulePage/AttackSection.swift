import Templates

/// What a rule's tags say about ATT&CK. At least one list isn't empty.
struct AttackSection: TemplateModel {
  /// In matrix order.
  var rows: [TacticRow] = []
  /// Groups, software and anything else the tags name, a row for each kind.
  var others: [AttackObjectRow] = []
  /// Ids that the loaded version of ATT&CK has deprecated without a replacement, as written.
  var deprecated: [String] = []
  /// Ids and names that the loaded version of ATT&CK doesn't know, as written.
  var unknown: [String] = []

  static let shape = Shape<AttackSection>(
    .list("rows") { $0.rows }, .list("others") { $0.others },
    .list("deprecated") { $0.deprecated.map(TextItem.init) }, .list("unknown") { $0.unknown.map(TextItem.init) })
}

/// A tactic with the rule's techniques under it.
struct TacticRow: TemplateModel {
  /// Its name: `Defense Impairment`.
  var tactic: String
  var page: Link?
  /// In matrix order; if empty, the page says “No specific technique”.
  var techniques: [TechniqueItem] = []

  static let shape = Shape<TacticRow>(
    .text("tactic") { $0.tactic }, .optionalLink("page") { $0.page }, .list("techniques") { $0.techniques })
}

/// A technique that a rule detects.
struct TechniqueItem: TemplateModel {
  /// `T1685`: the id of the counted technique, which is the replacement if the one written is revoked.
  var id: String
  /// For a sub-technique, preceded by its parent's: `Phishing: Spearphishing Attachment`.
  var name: String
  var page: Link?
  /// The revoked id as written, shown first with an arrow; nil if the id is current.
  var revoked: String?

  static let shape = Shape<TechniqueItem>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page },
    .optionalText("revoked") { $0.revoked })
}

/// The groups that a rule's tags name, or its software, or its campaigns.
struct AttackObjectRow: TemplateModel {
  /// `Groups`, `Software`.
  var label: String
  /// By id; at least one.
  var objects: [AttackObjectItem]

  static let shape = Shape<AttackObjectRow>(.text("label") { $0.label }, .list("objects") { $0.objects })
}

/// A group, or software, or a campaign.
struct AttackObjectItem: TemplateModel {
  /// `G0016`.
  var id: String
  var name: String
  var page: Link?

  static let shape = Shape<AttackObjectItem>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page })
}
