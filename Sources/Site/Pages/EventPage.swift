import Templates

/// The page of an event, `events/<provider>/<event>/index.html`, or of a provider, `events/<provider>/index.html`; or
/// one that continues its rules, `rules-2.html` beside either. Template: `event.html`.
///
/// A section that is nil or an empty list is left out, along with its line in the page's contents.
struct EventPage: TemplateModel {
  var frame: SiteFrame
  /// The title of the event, or its name if it has no title; a provider's name: `Process created`.
  var title: String
  /// The name, if the title differs from it: `Microsoft-Windows-Sysmon 1`.
  var name: String?
  /// How many rules read it, in a sentence or two; nil on continuation pages.
  var lead: String?
  /// nil on continuation pages.
  var facts: EventFacts?
  var notes: NoteSection?
  /// For a provider: its events that rules read or that are known.
  var events: ProviderEventTable?
  var fields: EventFieldTable?
  var values: SharedTestTable?
  var exclusions: SharedTestTable?
  /// Events that report the same activity.
  var equivalents: [EquivalentItem] = []
  /// What must be turned on.
  var requirements: [RequirementRow] = []
  var techniques: SeenTechniqueTable?
  var tactics: ShareTable?
  var rules: RuleTable?
  /// The number of rules on all of its pages.
  var ruleCount = 0
  /// The pages of its rules if there are several, the current one without a link: `Rules 201 to 700`.
  var parts: [TitledLink] = []

  static let shape = Shape<EventPage>(
    .model("frame") { $0.frame },
    .text("title") { $0.title },
    .optionalText("name") { $0.name },
    .optionalText("lead") { $0.lead },
    .optionalModel("facts") { $0.facts },
    .optionalModel("notes") { $0.notes },
    .optionalModel("events") { $0.events },
    .optionalModel("fields") { $0.fields },
    .optionalModel("values") { $0.values },
    .optionalModel("exclusions") { $0.exclusions },
    .list("equivalents") { $0.equivalents },
    .list("requirements") { $0.requirements },
    .optionalModel("techniques") { $0.techniques },
    .optionalModel("tactics") { $0.tactics },
    .optionalModel("rules") { $0.rules },
    .text("ruleCount") { grouped($0.ruleCount) },
    .text("ruleSummary") { counted($0.ruleCount, "rule") + ", highest level first" },
    .list("parts") { $0.parts })
}
