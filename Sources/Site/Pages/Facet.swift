import RuleModel
import Templates

/// A property by which a list of rules is narrowed, with its values.
struct Facet: TemplateModel {
  /// The letter by which the page's script tells facets apart. A facet's options are alternatives; facets add up.
  enum Key: String {
    case dialect = "d"
    case level = "l"
    case status = "s"
    case product = "p"
    case tactic = "t"
  }

  var title: String
  /// In the order shown.
  var options: [FacetOption]

  static let shape = Shape<Facet>(.text("title") { $0.title }, .list("options") { $0.options })
}

/// A value of a facet, with how many rules of the list have it.
struct FacetOption: TemplateModel {
  /// Its id in the page, by which a row names it and an address chooses it: `l-high`, `p-windows`.
  var id: String
  var label: String
  /// How the label is marked: `lv high`, `st test`; nil for other facets.
  var mark: String?
  var count: Int

  /// An option's id: the key, a hyphen, and the word with every byte outside `A-Z a-z 0-9 . _ -` replaced by `-`, so that it is one
  /// word of an attribute and needs no escape in an address.
  static func id(_ key: Facet.Key, _ word: String) -> String { "\(key.rawValue)-\(RuleKey.slug(ofStem: word))" }

  static let shape = Shape<FacetOption>(
    .text("id") { $0.id }, .text("label") { $0.label }, .optionalText("mark") { $0.mark },
    .text("count") { grouped($0.count) })
}
