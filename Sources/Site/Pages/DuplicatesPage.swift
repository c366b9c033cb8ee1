import RuleModel
import Templates

/// The pairs of rules that are worth merging, `indicators/duplicates.html`. Template: `duplicates.html`.
struct DuplicatesPage: TemplateModel {
  var frame: SiteFrame
  var title: String
  /// What the pairs are and how many there are, in a sentence or two.
  var lead: String
  /// Those with pairs: duplicates, the same in another dialect, near duplicates, the same tests on other logs.
  var sections: [PairSection]

  static let shape = Shape<DuplicatesPage>(
    .model("frame") { $0.frame }, .text("title") { $0.title }, .text("lead") { $0.lead },
    .list("sections") { $0.sections })
}

/// Pairs of one kind.
struct PairSection: TemplateModel {
  /// Its id on the page.
  var anchor: String
  var title: String
  /// What it means, and what to do.
  var text: String
  /// The most similar first.
  var rows: [PairRow]
  /// How many pairs aren't shown.
  var hidden = 0

  static let shape = Shape<PairSection>(
    .text("anchor") { $0.anchor },
    .link("place") { Link(relative: "", fragment: $0.anchor) },
    .text("title") { $0.title },
    .text("text") { $0.text },
    .list("rows") { $0.rows },
    .text("summary") { counted($0.rows.count + $0.hidden, "pair") },
    .optionalText("hidden") { section in
      section.hidden > 0
        ? "\(counted(section.hidden, "more pair")) that \(section.hidden == 1 ? "is" : "are") less similar" : nil
    })
}

/// Two rules, and why one may be enough.
struct PairRow: TemplateModel {
  var left: PairedRule
  var right: PairedRule
  /// In a sentence without a full stop.
  var why: String
  /// In hundredths.
  var score: Int
  var difference: DifferenceModel?

  static let shape = Shape<PairRow>(
    .model("left") { $0.left }, .model("right") { $0.right }, .text("why") { $0.why },
    .text("score") { hundredths($0.score) }, .optionalModel("difference") { $0.difference })
}

/// One rule of a pair.
struct PairedRule: TemplateModel {
  var title: String
  var page: Link
  /// nil if all rules of the catalog are written in one.
  var dialect: String?
  /// As in a list of rules.
  var logSource: String
  var level: Level?

  static let shape = Shape<PairedRule>(
    .text("title") { $0.title }, .link("page") { $0.page },
    .text("words") { rule in
      [rule.dialect ?? "", rule.logSource, rule.level?.rawValue ?? "no level"].filter { !$0.isEmpty }.joined(
        separator: " · ")
    })
}
