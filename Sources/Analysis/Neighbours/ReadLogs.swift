import RuleModel

/// Compares the logs that rules read.
struct ReadLogs {
  /// Numbers for each rule's log sources, by name, ignoring case, ascending; and for the events that it reads.
  private let logSources: RuleColumn<[Int]>
  private let events: RuleColumn<[Int]>

  /// - Parameter events: the events that each rule reads.
  init(of rules: RuleColumn<Rule>, events: RuleColumn<[Event]>) {
    var numbers: [[String]: Int] = [:]
    var known: [LogSource: Int] = [:]
    logSources = rules.mapValues { rule in
      let all = rule.logSources
      let ofRule = (all.isEmpty ? [LogSource()] : all).map { logSource in
        if let number = known[logSource] { return number }
        let names = [logSource.category, logSource.product, logSource.service].map { ($0 ?? "").lowercased() }
        let number = numbers[names] ?? numbers.count
        (numbers[names], known[logSource]) = (number, number)
        return number
      }
      return ofRule.count == 1 ? ofRule : Set(ofRule).sorted()
    }
    var eventNumbers: [Event: Int] = [:]
    self.events = events.mapValues { events in
      events.map { event in
        let number = eventNumbers[event] ?? eventNumbers.count
        eventNumbers[event] = number
        return number
      }.sorted()
    }
  }

  /// What determines how a rule's logs relate to those of another rule.
  struct OfRule: Hashable {
    var logSources: [Int]
    var events: [Int]
  }

  subscript(rule: RuleID) -> OfRule { OfRule(logSources: logSources[rule], events: events[rule]) }

  /// Whether two rules have the same log sources, or read the same events, if any.
  func areSame(_ left: RuleID, _ right: RuleID) -> Bool {
    logSources[left] == logSources[right] || events[left] == events[right] && !events[left].isEmpty
  }

  /// Whether two rules share a log source, or an event that both read.
  func meet(_ left: RuleID, _ right: RuleID) -> Bool {
    haveCommon(logSources[left], logSources[right]) || haveCommon(events[left], events[right])
  }

  /// Whether two ascending lists share a number.
  private func haveCommon(_ left: [Int], _ right: [Int]) -> Bool {
    var (lefts, rights) = (left[...], right[...])
    while let first = lefts.first, let second = rights.first {
      if first == second { return true }
      if first < second { lefts.removeFirst() } else { rights.removeFirst() }
    }
    return false
  }
}
