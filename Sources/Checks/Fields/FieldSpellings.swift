import Analysis
import Events
import RuleModel
import Text

/// How the rules of each log source spell each field.
struct FieldSpellings: Sendable {
  struct Key: Hashable {
    var dialect: Dialect
    var logSource: LogSourceKey
    /// In lower case, without what separates words.
    var folded: String
  }

  /// Where nearly all rules agree: the spelling, how many rules use it, and how many test the field in any.
  struct Common: Sendable {
    var spelling: String
    var rules: Int
    var total: Int
  }

  private var common: [Key: Common] = [:]

  /// The share of rules, in percent, from which a spelling is what the others must have meant.
  private static let share = 99

  init(in index: CatalogIndex) {
    var counts: [Key: [String: Int]] = [:]
    var folded: [String: String] = [:]
    for (id, rule) in index.rules.pairs {
      guard rule.logSources.count == 1 else { continue }
      let logSource = LogSourceKey(rule.logSource)
      for (field, _) in testedFields(of: id, in: index) {
        let fold = folded[field] ?? FieldSpellings.folded(field)
        folded[field] = fold
        counts[Key(dialect: rule.key.dialect, logSource: logSource, folded: fold), default: [:]][field, default: 0] += 1
      }
    }
    for (key, spellings) in counts where spellings.count > 1 {
      let total = spellings.values.reduce(0, +)
      if let most = spellings.first(where: { $0.value * 100 >= total * FieldSpellings.share }) {
        common[key] = Common(spelling: most.key, rules: most.value, total: total)
      }
    }
  }

  /// Whether all rules spell each field in the same way, or don't agree on it.
  var isEmpty: Bool { common.isEmpty }

  /// What nearly all rules of the log source write for a field; nil if that is how it is written here, or if they
  /// don't agree.
  func common(for field: String, of rule: Rule) -> Common? {
    guard rule.logSources.count == 1 else { return nil }
    let key = Key(
      dialect: rule.key.dialect, logSource: LogSourceKey(rule.logSource), folded: FieldSpellings.folded(field))
    return common[key].flatMap { $0.spelling == field ? nil : $0 }
  }

  private static func folded(_ field: String) -> String {
    let letters = field.utf8.lazy.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
    return String(decoding: letters.map { lowercasedASCII($0) }, as: UTF8.self)
  }
}
