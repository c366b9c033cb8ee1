import Diagnostics
import DialectReading
import Templates

/// The page of one rule, `rules/<dialect>/<slug>/index.html`. Template: `rule.html`.
///
/// Its sections are in the contract's order. One that is nil or an empty list is left out, along with its line in the
/// page's contents.
struct RulePage: TemplateModel {
  var frame: SiteFrame
  var title: String
  var facts: RuleFacts
  /// What a reader must know before using the rule, such as that it is deprecated or not counted, and why.
  var notices: [RuleNotice] = []
  /// In paragraphs.
  var description: [String] = []
  var notes: NoteSection?
  var attack: AttackSection?
  var references: [ReferenceItem] = []
  var events: EventSection?
  var sameAction: SameActionSection?
  var body: BodySection?
  var stages: StageSection?
  var exclusions: ValueTable?
  var indicators: ValueTable?
  /// As written, one item each.
  var falsePositives: [String] = []
  /// How to test it.
  var simulations: SimulationTable?
  var related: RelatedSection?
  var neighbours: NeighbourSection?
  /// In the order of their positions.
  var findings: [FindingItem] = []

  static let shape = Shape<RulePage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .model("facts") { $0.facts },
    .list("notices") { $0.notices },
    .list("description") { $0.description.map(TextItem.init) },
    .optionalModel("notes") { $0.notes },
    .optionalModel("attack") { $0.attack },
    .list("references") { $0.references },
    .text("referenceCount") { grouped($0.references.count) },
    .optionalModel("events") { $0.events },
    .optionalModel("sameAction") { $0.sameAction },
    .optionalModel("body") { $0.body },
    .optionalModel("stages") { $0.stages },
    .optionalModel("exclusions") { $0.exclusions },
    .optionalModel("indicators") { $0.indicators },
    .list("falsePositives") { $0.falsePositives.map(TextItem.init) },
    .optionalModel("simulations") { $0.simulations },
    .optionalModel("related") { $0.related },
    .optionalModel("neighbours") { $0.neighbours },
    .list("findings") { $0.findings },
    .text("findingCount") { grouped($0.findings.count) })
}

/// Why a rule isn't counted, or shouldn't be used: a sentence that may end with the rules that replace it.
struct RuleNotice: TemplateModel {
  /// `Deprecated: kept for reference, and left out of coverage. Replaced by`; with a full stop if no rule follows.
  var text: String
  /// The rules that replace it.
  var rules: [TitledLink] = []

  static let shape = Shape<RuleNotice>(.text("text") { $0.text }, .list("rules") { $0.rules })
}

/// A source that a rule's author refers to.
struct ReferenceItem: TemplateModel {
  /// The address without its scheme, or the text as written if it isn't an address.
  var text: String
  /// nil if the reference isn't an `http`, `https` or `mailto` address.
  var address: Link?

  static let shape = Shape<ReferenceItem>(.text("text") { $0.text }, .optionalLink("address") { $0.address })
}

/// A fault or doubt about a rule.
struct FindingItem: TemplateModel {
  var severity: Diagnostic.Severity
  /// What is wrong, then what to do, without a full stop.
  var message: String
  /// The diagnostic's identifier: `attack-revoked`.
  var id: String
  /// Link to the documentation of the identifier.
  var page: Link?
  /// The line of the rule's body, from 1; nil if the finding is about the rule as a whole.
  var line: Int?
  /// The finding's location if it isn't in the rule's body: `okta_login.md, line 3`.
  var elsewhere: String?

  static let shape = Shape<FindingItem>(
    .text("severity") { $0.severity.rawValue },
    .text("message") { $0.message },
    .text("id") { $0.id },
    .optionalLink("page") { $0.page },
    .optionalLink("place") { item in item.line.map { Link(relative: "", fragment: BodyLine.anchor(ofLine: $0)) } },
    .optionalText("placeWords") { item in item.elsewhere ?? item.line.map { "line \($0)" } })
}
