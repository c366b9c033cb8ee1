import Templates

/// The tests that two rules don't share.
struct DifferenceModel: TemplateModel {
  /// The counts in words: `10 tests only here, 3 only there`.
  var summary: String
  /// The tests that only one of the two has; a side for each rule that has any.
  var sides: [DifferenceSide]

  static let shape = Shape<DifferenceModel>(.text("summary") { $0.summary }, .list("sides") { $0.sides })
}

/// The tests that only one of two rules has.
struct DifferenceSide: TemplateModel {
  /// `Only here`.
  var title: String
  /// A line for each field and kind.
  var lines: [DifferenceLine]
  /// How many tests aren't shown.
  var hidden = 0

  static let shape = Shape<DifferenceSide>(
    .text("title") { $0.title }, .list("lines") { $0.lines },
    .optionalText("hidden") { side in side.hidden > 0 ? "and \(counted(side.hidden, "more test"))" : nil })
}

/// Tests of one field and kind.
struct DifferenceLine: TemplateModel {
  /// nil for a search over the entire event.
  var field: String?
  /// In words: `ends with`.
  var kind: String
  var isExcluded: Bool
  /// At least one.
  var values: [ShownValue]

  static let shape = Shape<DifferenceLine>(
    .optionalText("field") { $0.field }, .text("kind") { $0.kind }, .flag("isExcluded") { $0.isExcluded },
    .list("values") { $0.values })
}
