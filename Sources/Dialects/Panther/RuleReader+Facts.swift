import DialectReading
import Documents
import RuleModel

/// What is shown about a rule beyond what all dialects have.
extension RuleReader {
  mutating func readFacts() {
    add("Rule type", [type.label])
    add("Queries", texts("ScheduledQueries"))
    add("Schedule", schedule)
    add("Lookback", lookback)
    add("Transitions", transitionTimes)
    add("Matches needed", matchesNeeded)
    add("Deduplication period", minutes("DedupPeriodMinutes"))
    add("Threshold", values["Threshold"]?.text.map { [$0] } ?? [])
    add("Summary attributes", texts("SummaryAttributes"))
    for (key, value) in values["Reports"]?.entries ?? [] where key.text != "MITRE ATT&CK" {
      add("Report \(key.text ?? "")", value.kind == .scalar ? [value.text ?? ""] : value.items.compactMap(\.text))
    }
    add("Packs", packs)
    add(
      "Data models",
      rule.logSources.compactMap(\.service).filter { context.companion(PantherCompanions.dataModel, named: $0) != nil })
    add("Tests", tests)
  }

  private func minutes(_ key: String) -> [String] { values[key]?.text.map { ["\($0) minutes"] } ?? [] }

  private var schedule: [String] {
    let node = values["Schedule"] ?? correlatedPart?["Schedule"]
    let cron = node?["CronExpression"]?.text ?? ""
    let rate = node?["RateMinutes"]?.text.map { "every \($0) minutes" } ?? ""
    return [cron, rate]
  }

  private var packs: [String] {
    guard let id = rule.id else { return [] }
    return context.companions(PantherCompanions.pack, named: id).compactMap { $0.companion.value("title") }
  }

  /// `Failed sign-in (matches)`
  private var tests: [String] {
    (values["Tests"]?.items ?? []).compactMap { test in
      guard let name = test["Name"]?.text else { return nil }
      guard let expected = test["ExpectedResult"]?.boolean else { return name }
      let matches = type == .policy ? !expected : expected
      return name + (matches ? " (matches)" : " (doesn’t match)")
    }
  }
}
