import RuleModel

/// Which rules read the same logs.
struct ReadLogs {
  /// Numbers of each rule's log sources by their names without regard to case, ascending, and of the events that it reaches.
  private let logSources: RuleColumn<[Int]>
  private let events: RuleColumn<[Int]>

  /// - Parameter events: that each rule reaches.
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

  /// What decides how a rule's logs relate to another one's.
  struct OfRule: Hashable {
    var logSources: [Int]
    var events: [Int]
  }

  subscript(rule: RuleID) -> OfRule { OfRule(logSources: logSources[rule], events: events[rule]) }

  /// Whether two rules have the same log sources, or reach the same events, where they reach any.
  func areSame(_ left: RuleID, _ right: RuleID) -> Bool {
    logSources[left] == logSources[right] || events[left] == events[right] && !events[left].isEmpty
  }

  /// Whether two rules have a log source in common, or an event that both reach.
  func meet(_ left: RuleID, _ right: RuleID) -> Bool {
    haveCommon(logSources[left], logSources[right]) || haveCommon(events[left], events[right])
  }

  /// Of two ascending lists.
  private func haveCommon(_ left: [Int], _ right: [Int]) -> Bool {
    var (lefts, rights) = (left[...], right[...])
    while let first = lefts.first, let second = rights.first {
      if first == second { return true }
      if first < second { lefts.removeFirst() } else { rights.removeFirst() }
    }
    return false
  }
}
