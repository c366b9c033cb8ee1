import RuleModel
import Templates

/// A property by which a list of rules can be filtered, with its values.
struct Facet: TemplateModel {
  /// The letter by which the page's script distinguishes facets. The options of a facet are alternatives; several
  /// facets must all match.
  enum Key: String {
    case dialect = "d"
    case level = "l"
    case status = "s"
    /// What the rule sees of what is collected.
    case state = "w"
    case product = "p"
    case tactic = "t"
  }

  var title: String
  /// In the order shown.
  var options: [FacetOption]

  static let shape = Shape<Facet>(.text("title") { $0.title }, .list("options") { $0.options })
}

/// A value of a facet, with the number of rules in the list that have it.
struct FacetOption: TemplateModel {
  /// Its id on the page, by which a row refers to it and an address selects it: `l-high`, `p-windows`.
  var id: String
  var label: String
  /// The label's CSS classes: `lv high`, `st test`; nil for other facets.
  var mark: String?
  var count: Int

  /// An option's id: the key, a hyphen, and the word with every byte outside `A-Z a-z 0-9 . _ -` written as `~` and two
  /// hexadecimal digits. This makes it a single word in an attribute and safe in an address, and different words never
  /// share an id.
  static func id(_ key: Facet.Key, _ word: String) -> String {
    word.utf8.reduce(into: "\(key.rawValue)-") { id, byte in
      let character = Character(Unicode.Scalar(byte))
      if character.isASCII, character.isLetter || character.isNumber || "._-".contains(character) {
        id.append(character)
      } else {
        id += "~\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
      }
    }
  }

  static let shape = Shape<FacetOption>(
    .text("id") { $0.id }, .text("label") { $0.label }, .optionalText("mark") { $0.mark },
    .text("count") { grouped($0.count) })
}
