import RuleModel

/// What the rule is for.
extension RuleReader {
  /// Whether it passes on alerts of another product: it reads alerts that were raised already, or asks for events that are alerts and for
  /// nothing but what they say of themselves.
  var isForwarder: Bool {
    if sources.all.contains(where: readsAlerts) { return true }
    var (isOfAlerts, others, own) = (false, [String](), Set<String>())
    rule.stages.forEachTest { test, isNegated in
      guard let field = test.field?.lowercased() else { return others.append("") }
      let isEqual = test.kind == .eq && !isNegated
      if field == "event.kind", isEqual, test.value.lowercased() == "alert" { isOfAlerts = true }
      if isEqual, RuleReader.productFields.contains(field) { own.insert(firstLabel(of: test.value.lowercased())) }
      if !field.hasPrefix("event."), !field.hasPrefix("data_stream.") { others.append(field) }
    }
    return isOfAlerts && others.allSatisfy { own.contains(firstLabel(of: $0)) || isOfAlert($0) }
  }

  /// What names the product that an event is of.
  private static let productFields: Set = ["event.module", "event.dataset", "data_stream.dataset", "event.provider"]

  /// The indices of alerts, of their risk scores, and of what the engine found before it had its name.
  private func readsAlerts(_ index: String) -> Bool {
    let name = index.lastIndex(of: ":").map { index[index.index(after: $0)...] } ?? index[...]
    return [".alerts-", ".internal.alerts", ".siem-signals", "risk-score"].contains { name.lowercased().hasPrefix($0) }
  }

  /// Whether a field is one of those that alerts alone have: `kibana.alert.rule.name`, `signal.rule.name`.
  private func isOfAlert(_ field: String) -> Bool {
    field.split { $0 == "." || $0 == "_" }.contains {
      ["alert", "alerts", "detection", "threat", "signal"].contains($0)
    }
  }

  private func firstLabel(of name: String) -> String { String(name.prefix { $0 != "." }) }
}
