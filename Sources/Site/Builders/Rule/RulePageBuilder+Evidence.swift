import Attack
import Diagnostics
import DialectReading
import Events
import RuleModel
import Templates
import Text

/// What a rule covers and reads, rules for the same action, and its text.
extension RulePageBuilder {
  func attackSection(of number: RuleID, at address: Address) -> AttackSection? {
    let coverage = content.index.attack[number]
    var section = AttackSection()
    section.rows = coverage.rows.map { row in
      TacticRow(
        tactic: content.attack.tactic(row.tactic)?.name ?? row.tactic.description,
        page: frames.map.tactic(row.tactic, from: address),
        techniques: row.techniques.flatMap { techniqueItems($0, at: address) })
    }
    section.others = [("Groups", coverage.groups), ("Campaigns", coverage.campaigns), ("Software", coverage.software)]
      .filter { !$0.1.isEmpty }
      .map { label, ids in
        AttackObjectRow(
          label: label,
          objects: ids.map {
            AttackObjectItem(
              id: $0.description, name: content.attack.object($0)?.name ?? "",
              page: frames.map.threat($0, from: address))
          })
      }
    section.deprecated = coverage.deprecated
    section.unknown = coverage.unknown
    let isEmpty =
      section.rows.isEmpty && section.others.isEmpty && section.deprecated.isEmpty && section.unknown.isEmpty
    return isEmpty ? nil : section
  }

  /// A technique as the rule names it: once for each revoked id, or once under its own.
  private func techniqueItems(_ entry: AttackCoverage.Row.Entry, at address: Address) -> [TechniqueItem] {
    let id = entry.technique
    let shown = content.attack.fullName(of: id)
    let revoked = entry.revoked.isEmpty ? [nil] : entry.revoked.map(\.description)
    return revoked.map {
      TechniqueItem(id: id.description, name: shown, page: frames.map.technique(id, from: address), revoked: $0)
    }
  }

  func reference(_ text: String) -> ReferenceItem {
    guard let link = Link(external: text) else { return ReferenceItem(text: text, address: nil) }
    let shown = text.firstRange(of: "://").map { String(text[$0.upperBound...]) } ?? text
    return ReferenceItem(text: shown, address: link)
  }

  func eventSection(of number: RuleID, at address: Address) -> EventSection? {
    let resolution = content.index.events[number]
    var section = EventSection()
    section.rows = resolution.events.map { EventRow($0, frames.map, from: address) }
    section.notes = notes(on: resolution.narrowings)
    if let collected = content.collected, let hiding = collected.visibility.rules[number].hiding {
      section.hidden = hiding.reasons.map { HidingItem($0) }
      section.moreHidden = hiding.more
    }
    section.notes += (content.collected?.visibility.deadExclusions[number] ?? []).map { dead in
      "Excluding by \(listed(dead.tests.compactMap(\.field).distinct(), "and")) can’t work: "
        + "\(listed(dead.events.map(\.words), "and")) \(dead.events.count == 1 ? "comes" : "come") without "
        + "\(dead.clause.text) (\(dead.location.description(spelled: .published)))."
    }
    return section.rows.isEmpty && section.notes.isEmpty ? nil : section
  }

  /// A sentence for the events of a provider that don't count for the same reason.
  private func notes(on narrowings: [Narrowing]) -> [String] {
    struct Kind: Hashable {
      var provider: String
      var reason: Narrowing.Reason
      var isSetAside: Bool
    }
    var kinds: [Kind] = []
    var ofKind: [Kind: [Narrowing]] = [:]
    for narrowing in narrowings {
      let kind = Kind(provider: narrowing.event.provider, reason: narrowing.reason, isSetAside: narrowing.isSetAside)
      if ofKind[kind] == nil { kinds.append(kind) }
      ofKind[kind, default: []].append(narrowing)
    }
    return kinds.flatMap { kind in
      let narrowings = ofKind[kind, default: []]
      if kind.isSetAside {
        return narrowings.map {
          "The rule \($0.description); the event still counts, since its log source would have none left."
        }
      }
      guard narrowings.count > 1, let first = narrowings.first else {
        return narrowings.map { "\($0.event.provider) \($0.event.name) doesn’t count: the rule \($0.description)." }
      }
      let shown = 5
      let names =
        narrowings.prefix(shown).map(\.event.name)
        + (narrowings.count > shown ? ["\(grouped(narrowings.count - shown)) more"] : [])
      return ["\(kind.provider) \(listed(names, "and")) don’t count: the rule \(first.descriptionOfSeveral)."]
    }
  }

  func sameAction(of number: RuleID, at address: Address) -> SameActionSection? {
    let others = content.index.sameAction[number]
    guard !others.rules.isEmpty else { return nil }
    let operations = content.index.events[number].events.lazy.filter(\.isOperation)
      .map { EventRow($0, frames.map, from: address) }
    return SameActionSection(
      operations: operations.map { TitledLink(title: $0.event, page: $0.page) },
      rules: others.rules.map { ruleLink($0, from: address) }, count: others.count)
  }

  func ruleLink(_ number: RuleID, from address: Address) -> RuleLink {
    let rule = content.index.rules[number]
    return RuleLink(title: rule.title, page: address.link(to: .rule(rule.key)), dialect: rule.key.dialect)
  }

  func body(of rule: Rule) -> BodySection {
    let shown = frames.map.sharedFiles.text(of: rule)
    var text = String(decoding: shown.bytes, as: UTF8.self)
    // Remove a byte order mark, which isn't part of the first word.
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    let reader = content.readers.reader(of: rule.key.dialect)
    return BodySection(
      language: reader?.format(of: rule.source.path) ?? "",
      lines: reader?.colouring(text, shown.line, rule.source.path) ?? BodyLine.plain(text, shown.line),
      document: rule.source.documents > 1 ? (number: rule.source.document, of: rule.source.documents) : nil,
      isWhole: shown.isWhole, attachments: rule.attachments.map(attachment))
  }

  private func attachment(_ file: SourceFile) -> BodySection.Attachment {
    let text = String(decoding: file.bytes ?? [], as: UTF8.self)
    let language = QueryLanguage(ofFile: file.name)
    return BodySection.Attachment(
      name: file.name, language: language?.label ?? "text",
      lines: language.map { BodyLine.lines(of: text, in: $0) } ?? BodyLine.plain(text, 1))
  }
}
