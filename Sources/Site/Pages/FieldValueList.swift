import RuleModel
import Templates

/// The values that rules compare a field with, under an even or an odd number of `not`.
struct FieldValueList: TemplateModel {
  /// Values that rules share, the most shared first: all of them, or those of one page.
  var shared: [FieldValueRow]
  /// How many appear on earlier pages.
  var sharedBefore = 0
  /// The total number.
  var sharedInAll: Int
  /// Values of a single rule, by value.
  var once: [FieldOnceRow]
  /// 0 on pages before the last one with shared values.
  var onceInAll: Int
  /// Link to the search for rules that test the field.
  var search: Link

  fileprivate var onceHidden: Int { onceInAll - once.count }

  static let shape = Shape<FieldValueList>(
    .list("shared") { $0.shared },
    .text("sharedCount") { grouped($0.sharedInAll) },
    .text("sharedSummary") { list in
      let last = list.sharedBefore + list.shared.count
      return list.shared.count == list.sharedInAll
        ? counted(list.sharedInAll, "value")
        : "\(grouped(list.sharedBefore + 1)) to \(grouped(last)) of \(counted(list.sharedInAll, "value"))"
    },
    .list("once") { $0.once },
    .flag("hasOnce") { $0.onceInAll > 0 },
    .text("onceCount") { grouped($0.onceInAll) },
    .text("onceSummary") { list in
      let all = counted(list.onceInAll, "value")
      if list.once.count == list.onceInAll { return all }
      return list.once.isEmpty ? "\(all), too many to be shown" : "the first \(grouped(list.once.count)) of \(all)"
    },
    .optionalText("onceHidden") { list in
      list.onceHidden > 0 ? counted(list.onceHidden, list.once.isEmpty ? "value" : "more value") : nil
    },
    .flag("isOneHidden") { $0.onceHidden == 1 },
    .link("search") { $0.search })
}

/// A value that rules share.
struct FieldValueRow: TemplateModel {
  /// Its id on the page.
  var anchor: String
  var value: ShownValue
  /// In words: `ends with`.
  var kind: String
  /// How many rules have it.
  var count: Int
  /// How many rules the most shared value has.
  var largest: Int
  /// Whether the share is drawn: only for the first few, to keep the page small.
  var isDrawn: Bool
  /// The first of the rules, by title.
  var rules: [FieldRuleItem]
  /// Link to a search for all of them; nil if all are listed here.
  var search: Link?

  static let shape = Shape<FieldValueRow>(
    .text("anchor") { $0.anchor },
    .model("value") { $0.value },
    .text("kind") { $0.kind },
    .text("count") { grouped($0.count) },
    .optionalText("width") { row in
      guard row.isDrawn, row.largest > 0 else { return nil }
      let tenths = max(10, row.count * 1000 / row.largest)
      return "\(tenths / 10).\(tenths % 10)%"
    },
    .list("rules") { $0.rules },
    .optionalText("hidden") { row in
      row.count > row.rules.count ? counted(row.count - row.rules.count, "more rule") : nil
    },
    .optionalLink("search") { $0.search })
}

/// A value of a single rule.
struct FieldOnceRow: TemplateModel {
  var value: ShownValue
  var kind: String
  var rule: FieldRuleItem

  static let shape = Shape<FieldOnceRow>(
    .model("value") { $0.value }, .text("kind") { $0.kind }, .model("rule") { $0.rule })
}

/// A rule that has a value.
struct FieldRuleItem: TemplateModel {
  var title: String
  var page: Link
  var level: Level?

  static let shape = Shape<FieldRuleItem>(
    .text("title") { $0.title }, .link("page") { $0.page },
    .text("level") { $0.level?.rawValue ?? "no level" },
    .optionalText("levelClass") { item in item.level.map { "lv \($0)" } })
}
