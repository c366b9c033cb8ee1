import RuleModel
import Templates

/// Events that would make blind rules run, in the order in which to turn them on.
struct WakeTable: TemplateModel {
  var rows: ListPart<WakeRow>
  /// How many rules are blind because events are missing.
  var blind: Int

  static let shape = Shape<WakeTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "event") },
    .text("blind") { counted($0.blind, "blind rule") }, .list("rows") { $0.rows.items },
    .optionalLink("all") { $0.rows.all })
}

struct WakeRow: TemplateModel {
  var event: EventRow
  /// How many rules it makes run, beyond those that the events before it do.
  var rules: Int
  /// The number of the first row.
  var largest: Int
  var techniques: Int
  /// How many rules run with it and all events before it.
  var sum: Int

  static let shape = Shape<WakeRow>(
    .model("event") { $0.event }, .text("rules") { grouped($0.rules) },
    .text("width") { barWidth($0.rules, of: $0.largest) }, .text("techniques") { grouped($0.techniques) },
    .text("sum") { grouped($0.sum) })
}

/// Rules that can find nothing with what is collected.
struct BlindRuleTable: TemplateModel {
  /// The most severe level first.
  var rows: ListPart<BlindRuleRow>

  static let shape = Shape<BlindRuleTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "rule") },
    .list("rows") { $0.rows.items }, .optionalLink("all") { $0.rows.all })
}

struct BlindRuleRow: TemplateModel {
  var title: String
  var page: Link
  var level: Level?
  /// The events that it needs; none if a filter hides all that it looks for.
  var missing: Folded<GapEvent>
  /// What hides all that it looks for; nil if it lacks events.
  var hiding: HidingItem?
  /// Why it can never match; nil if it can.
  var contradiction: String?

  static let shape = Shape<BlindRuleRow>(
    .text("title") { $0.title }, .link("page") { $0.page }, .text("level") { $0.level?.rawValue ?? "no level" },
    .optionalText("levelClass") { row in row.level.map { "lv \($0)" } }, .list("missing") { $0.missing.first },
    .optionalText("more") { row in
      let more = row.missing.total - row.missing.first.count
      return more > 0 ? "and \(grouped(more))" : nil
    }, .optionalModel("hiding") { $0.hiding }, .optionalText("contradiction") { $0.contradiction })
}

/// Rules for which a collector's filter can hide some of what they look for.
struct PartlyBlindTable: TemplateModel {
  /// Those with the most hidden first.
  var rows: ListPart<PartlyBlindRow>

  static let shape = Shape<PartlyBlindTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "rule") },
    .list("rows") { $0.rows.items }, .optionalLink("all") { $0.rows.all })
}

struct PartlyBlindRow: TemplateModel {
  var title: String
  var page: Link
  var reason: HidingItem
  /// How many further reasons there are.
  var more: Int

  static let shape = Shape<PartlyBlindRow>(
    .text("title") { $0.title }, .link("page") { $0.page }, .model("reason") { $0.reason },
    .optionalText("more") { $0.more == 0 ? nil : counted($0.more, "more reason") })
}

/// Exclusions of rules that can't work, as events come without the field that they test.
struct DeadExclusionTable: TemplateModel {
  /// By the rules' paths.
  var rows: ListPart<DeadExclusionRow>

  static let shape = Shape<DeadExclusionTable>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "exclusion") },
    .list("rows") { $0.rows.items }, .optionalLink("all") { $0.rows.all })
}

struct DeadExclusionRow: TemplateModel {
  var title: String
  var page: Link
  /// The events without the field: `Microsoft-Windows-Security-Auditing 4688`.
  var events: String
  /// The line that decides: `audit.reg:4:1`.
  var place: String
  /// `CommandLine, as ProcessCreationIncludeCmdLine_Enabled is off`.
  var missing: String
  /// The rule's tests for what it excludes: `CommandLine contains backup`.
  var tests: Folded<String>

  static let shape = Shape<DeadExclusionRow>(
    .text("title") { $0.title }, .link("page") { $0.page }, .text("events") { $0.events },
    .text("place") { $0.place }, .text("missing") { $0.missing },
    .text("tests") { $0.tests.first.joined(separator: "; ") },
    .optionalText("more") { $0.tests.rest.isEmpty ? nil : "and \(grouped($0.tests.rest.count)) more" })
}

/// Why a rule may not see what it looks for.
struct HidingItem: TemplateModel {
  /// The events that it hides: `Microsoft-Windows-Sysmon 1`.
  var events: String
  /// The line that decides: `sysmonconfig.xml:312:5`.
  var place: String
  /// `drops Image is C:\a.exe`.
  var words: String
  /// The rule's tests that are relevant to it.
  var tests: [String]

  static let shape = Shape<HidingItem>(
    .text("events") { $0.events }, .text("place") { $0.place }, .text("words") { $0.words },
    .optionalText("tests") { $0.tests.isEmpty ? nil : $0.tests.joined(separator: "; ") })
}

/// Collected events that no counted rule reads.
struct UntappedList: TemplateModel {
  /// In descending order of the techniques that ATT&CK says they can show.
  var rows: ListPart<UntappedItem>

  static let shape = Shape<UntappedList>(
    .text("count") { grouped($0.rows.total) }, .text("summary") { counted($0.rows.total, "event") },
    .list("rows") { $0.rows.items }, .optionalLink("all") { $0.rows.all })
}

struct UntappedItem: TemplateModel {
  var name: String
  var title: String?
  var page: Link?
  /// The number of techniques that ATT&CK says it can show.
  var techniques: Int

  static let shape = Shape<UntappedItem>(
    .text("name") { $0.name }, .optionalText("title") { $0.title }, .optionalLink("page") { $0.page },
    .text("techniques") { $0.techniques == 0 ? "no technique" : counted($0.techniques, "technique") })
}
