import Analysis
import Attack
import Diagnostics
import Events
import RuleModel
import Templates
import Text

// What the pages of events and of providers have in common.

extension EventPageBuilder {
  func frame(of page: EventPlan.Page, summary: String, at address: Address, part: Int = 0) -> SiteFrame {
    var titles = [documentTitle(of: page.event), page.event.isAny ? "Events" : "Event"]
    var crumbs: [(title: String, address: Address)] = [("Events", .events)]
    if !page.event.isAny { crumbs.append((page.event.provider, page.providerAddress)) }
    if part > 0 {
      titles[0] += ", page \(part + 1)"
      crumbs.append((title(of: page.event), page.address))
    }
    return frames.frame(of: address, titles: titles, summary: summary, crumbs: crumbs, showsAttack: true)
  }

  /// The title of an event, or its name if it has none; a provider's name.
  func title(of event: Event) -> String {
    content.events.description(of: event)?.title ?? (event.isAny ? event.provider : words(for: event))
  }

  func documentTitle(of event: Event) -> String {
    let title = content.events.description(of: event)?.title
    return words(for: event) + (title.map { ": \($0)" } ?? "")
  }

  func words(for event: Event) -> String { event.isAny ? event.provider : "\(event.provider) \(event.name)" }

  func lead(_ covered: CoveredTechniques, _ rules: Int, ofProvider: Bool) -> String {
    guard rules > 0 else {
      return ofProvider
        ? "No rule reads its events." : "No rule reads it, but rules read an equivalent event."
    }
    guard covered.counted > 0 else { return "No counted rule reads it." }
    let reading = covered.counted == 1 ? "reads" : "read"
    let techniques = covered.techniques.count
    return "\(counted(covered.counted, "counted rule")) \(reading) \(ofProvider ? "its events" : "it")"
      + (techniques > 0 ? ", looking for \(counted(techniques, "technique"))." : ".")
  }

  func facts(of rules: [RuleID], _ covered: CoveredTechniques) -> EventFacts {
    let countedRules = countedOnes(of: rules)
    let words =
      covered.counted == rules.count
      ? grouped(rules.count) : "\(grouped(rules.count)), \(grouped(covered.counted)) of them counted"
    var facts = EventFacts(rules: rules.isEmpty ? "none" : words)
    facts.levels = MarkedCount.levels(of: countedRules, in: content.index)
    facts.statuses = MarkedCount.statuses(of: countedRules, in: content.index)
    return facts
  }

  func countedOnes(of rules: [RuleID]) -> [RuleID] { rules.filter { content.index.techniques.isCounted[$0] } }

  func logSources(of rules: [RuleID], from address: Address) -> UseList {
    let counts = rules.reduce(into: [LogSourceKey: (count: Int, first: LogSource)]()) { counts, rule in
      for logSource in content.index.rules[rule].logSources where !logSource.isEmpty {
        counts[LogSourceKey(logSource), default: (0, logSource)].count += 1
      }
    }
    let order = counts.sorted { left, right in
      left.value.count != right.value.count ? left.value.count > right.value.count : left.key < right.key
    }
    return UseList(
      uses: order.prefix(EventPageBuilder.logSourcesShown).map { _, use in
        UseItem(
          title: use.first.shortWords, page: frames.map.logSource(use.first, from: address), count: use.count)
      }, hidden: max(0, order.count - EventPageBuilder.logSourcesShown))
  }

  /// The known fields of the event, each with the name by which rules that read it are compared.
  func knownFields(of event: Event) -> [EventFields.Known] {
    let meanings = FieldMap.Meanings(of: content.fields, for: [], dialect: .sigma, events: [event])
    return (content.events.fields(of: event) ?? []).map { field in
      EventFields.Known(name: field, canonical: meanings.canonical(field))
    }
  }

  func testedFields(of rules: [RuleID], known: [EventFields.Known]) -> EventFields {
    EventFields(of: rules, in: content.index, known: known)
  }

  /// - Parameter rules: the counted ones.
}
