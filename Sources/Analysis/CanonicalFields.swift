import Events
import RuleModel

/// The names by which the fields of a catalog's rules are compared, each looked up once for all rules of like logs.
struct CanonicalFields {
  /// What a field's meaning depends on.
  private struct Context: Hashable {
    var logSources: [LogSource]
    var dialect: Dialect
    var events: [Event]
  }

  private let map: FieldMap
  /// What the first rule of each context reads, which stands for the others.
  private var models: [(logSources: [LogSource], dialect: Dialect, events: [Event])] = []
  private var contextOfRule = RuleColumn<Int>()
  private var names: [[String: String?]] = []

  /// - Parameter events: that each rule reaches.
  init(of rules: RuleColumn<Rule>, events: RuleColumn<[Event]>, map: FieldMap) {
    self.map = map
    var contexts: [Context: Int] = [:]
    for index in rules.indices {
      let logSources = rules[index].logSources.map(\.withoutDefinition)
      let context = Context(logSources: logSources, dialect: rules[index].key.dialect, events: events[index])
      if let known = contexts[context] {
        contextOfRule.append(known)
      } else {
        contexts[context] = models.count
        contextOfRule.append(models.count)
        models.append((logSources, rules[index].key.dialect, events[index]))
        names.append([:])
      }
    }
  }

  /// A field's canonical name for a rule; nil where it is the one written.
  mutating func name(of field: String, for rule: RuleID) -> String? {
    let context = contextOfRule[rule]
    if let known = names[context][field] { return known }
    let model = models[context]
    let name = map.canonical(field, for: model.logSources, dialect: model.dialect, events: model.events)
    names[context][field] = .some(name)
    return name
  }
}
