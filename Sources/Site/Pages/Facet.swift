import RuleModel
import Templates

/// A property by which a list of rules is narrowed, with its values.
struct Facet: TemplateModel {
  /// The letter by which the page's script distinguishes facets. A facet's options are alternatives; facets add up.
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

  /// An option's id: the key, a hyphen, and the word with every byte outside `A-Z a-z 0-9 . _ -` written as `~` and two hexadecimal
  /// digits. So it is one word of an attribute, needs no escape in an address, and no two words have the same.
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
