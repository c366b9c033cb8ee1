import Templates

/// One of the lists of the coverage and gap review in full, `coverage/blind.html` and so on, and its continuation pages.
/// Template: `review-list.html`.
///
/// Exactly one of the lists is there.
struct ReviewListPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  /// Which items of how many the page shows.
  var lead: String
  /// The pages of the list; the current one has a title without an address.
  var parts: [TitledLink] = []
  var wake: WakeTable?
  var blind: BlindRuleTable?
  var partlyBlind: PartlyBlindTable?
  var exclusions: DeadExclusionTable?
  var untapped: UntappedList?

  static let shape = Shape<ReviewListPage>(
    .model("frame") { $0.frame }, .text("title") { $0.title }, .text("lead") { $0.lead },
    .list("parts") { $0.parts }, .optionalModel("wake") { $0.wake }, .optionalModel("blind") { $0.blind },
    .optionalModel("partlyBlind") { $0.partlyBlind }, .optionalModel("exclusions") { $0.exclusions },
    .optionalModel("untapped") { $0.untapped })
}

/// The items of a list that a page shows.
struct ListPart<Item: Sendable>: Sendable {
  var items: [Item]
  /// How many the whole list has.
  var total: Int
  /// Link to all of them, if the page leaves some out and isn't one of the pages that list them.
  var all: Link?

  func map<Other>(_ transform: (Item) -> Other) -> ListPart<Other> {
    ListPart<Other>(items: items.map(transform), total: total, all: all)
  }
}
