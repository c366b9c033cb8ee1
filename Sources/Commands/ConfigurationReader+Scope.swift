import Attack
import Diagnostics
import Documents
import RuleModel
import Text

// What coverage is measured by, as `ruledex.yml` says it: `scope` and `accepted`.

extension ConfigurationReader {
  mutating func readScope(_ node: Node) {
    guard node.kind == .mapping else {
      return report(node, "'scope' must be a map, such as {platforms: [Windows], exclude: [TA0043]}")
    }
    for (key, value) in node.entries {
      switch key.text ?? "" {
      case "platforms": configuration.scope.platforms = entries(value, "platforms")
      case "targets": configuration.scope.targets = entries(value, "targets")
      case "target-via": readRoutes(value)
      case "exclude": configuration.scope.exclude = entries(value, "exclude")
      default: reportUnknown(key, among: ["platforms", "targets", "target-via", "exclude"])
      }
    }
    if !configuration.scope.routes.isEmpty, configuration.scope.targets.isEmpty {
      report(node, "'target-via' has no effect without 'targets'; name a group or campaign there")
    }
  }

  private mutating func readRoutes(_ node: Node) {
    for item in node.itemsOrSelf {
      guard let route = AttackTarget.Route(rawValue: item.text ?? "") else {
        report(item, "'target-via' must be campaigns, software, or a list of both")
        continue
      }
      configuration.scope.routes.insert(route)
    }
  }

  mutating func readAccepted(_ node: Node) {
    guard node.kind == .sequence else {
      return report(node, "'accepted' must be a list, such as [{technique: T1583.001, reason: WHY}]")
    }
    configuration.scope.accepted = node.items.compactMap { acceptance($0) }
  }

  private mutating func acceptance(_ node: Node) -> ScopeDefinition.Acceptance? {
    guard node.kind == .mapping else {
      report(node, "an entry of 'accepted' must be a map, such as {technique: T1583.001, reason: WHY}")
      return nil
    }
    let known = ["technique", "reason", "until", "owner"]
    for (key, _) in node.entries where !known.contains(key.text ?? "") { reportUnknown(key, among: known) }
    guard let technique = node["technique"] else {
      report(node, "an entry of 'accepted' needs a 'technique'; add it")
      return nil
    }
    guard let id = entry(technique, "technique") else { return nil }
    guard let reason = node["reason"], !reason.isBlank else {
      report(node["reason"] ?? technique, "an accepted gap needs a 'reason'; say why it is accepted")
      return nil
    }
    guard let words = text(reason, "reason") else { return nil }
    var acceptance = ScopeDefinition.Acceptance(id, reason: words.inOneLine)
    acceptance.owner = node["owner"].flatMap { text($0, "owner") }?.inOneLine
    if let until = node["until"] {
      acceptance.until = until.text.flatMap { CalendarDate($0) }
      if acceptance.until == nil {
        report(until, "'\(shortened(until.text ?? ""))' isn't a date; write it as 2027-03-31")
      }
    }
    return acceptance
  }

  private mutating func entries(_ node: Node, _ key: String) -> [ScopeDefinition.Entry] {
    node.itemsOrSelf.compactMap { entry($0, key) }
  }

  private mutating func entry(_ node: Node, _ key: String) -> ScopeDefinition.Entry? {
    text(node, key).map { ScopeDefinition.Entry($0, at: node.span) }
  }
}
