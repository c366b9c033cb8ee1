import Events
import RuleModel

/// The names by which the fields of a catalogue's rules are compared, each looked up once for all rules of like logs.
struct CanonicalFields {
  /// What a field's meaning hangs on.
  private struct Context: Hashable {
    var category: String?
    var product: String?
    var service: String?
    var dialect: Dialect
    var events: [Event]
  }

  private let map: FieldMap
  /// The first rule of each context, which stands for the others.
  private var models: [Rule] = []
  private var contextOfRule: [Int] = []
  private var modelEvents: [[Event]] = []
  private var names: [[String: String?]] = []

  /// - Parameter events: that each rule reaches.
  init(of rules: [Rule], events: [[Event]], map: FieldMap) {
    self.map = map
    var contexts: [Context: Int] = [:]
    for (index, rule) in rules.enumerated() {
      let context = Context(
        category: rule.logSource.category, product: rule.logSource.product, service: rule.logSource.service,
        dialect: rule.key.dialect, events: events[index])
      if let known = contexts[context] {
        contextOfRule.append(known)
      } else {
        contexts[context] = models.count
        contextOfRule.append(models.count)
        models.append(rule)
        modelEvents.append(events[index])
        names.append([:])
      }
    }
  }

  /// A field's canonical name for a rule; nil where it is the one written.
  mutating func name(of field: String, for rule: Int) -> String? {
    let context = contextOfRule[rule]
    if let known = names[context][field] { return known }
    let model = models[context]
    let name = map.canonical(field, for: model.logSource, dialect: model.key.dialect, events: modelEvents[context])
    names[context][field] = .some(name)
    return name
  }
}
