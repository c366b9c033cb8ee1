import Analysis
import Events
import RuleModel
import Templates

/// The head of a rule's page: facts and notices.
extension RulePageBuilder {
  func frame(of rule: Rule, at address: Address, showsAttack: Bool) -> SiteFrame {
    let dialect = rule.key.dialect
    var frame =
      frameOfKind[FrameKind(dialect: dialect, showsAttack: showsAttack)]
      ?? frames.frame(of: address, titles: [], summary: nil, showsAttack: showsAttack)
    frame.documentTitle = frames.documentTitle([rule.title, "\(dialect.label) rule"])
    frame.summary = rule.description.map { firstParagraph(of: $0) }
    frame.canonical = frames.canonical(address)
    return frame
  }

  func facts(of number: RuleID, at address: Address) -> RuleFacts {
    let rule = content.index.rules[number]
    var facts = RuleFacts(source: rule.source.path)
    facts.status = rule.status
    facts.level = rule.level
    facts.state = content.collected.map { collected in
      MarkedState(
        mark: StateMark(collected.view.states[number]), reason: reason(collected.visibility.rules[number], of: number))
    }
    facts.logSources = rule.logSources.filter { !$0.isEmpty }.map { logSource in
      RuleLogSource(
        parts: [
          ("category", logSource.category), ("product", logSource.product), ("service", logSource.service),
        ].compactMap { name, value in value.map { LogSourcePart(name: name, value: $0) } },
        page: frames.map.logSource(logSource, from: address))
    }
    facts.logDefinition = rule.logSource.definition
    facts.groupBy = rule.groupBy
    facts.timeWindow = rule.timeWindow
    facts.authors = rule.authors
    facts.date = rule.date
    facts.modified = rule.modified
    facts.id = rule.id
    facts.others = rule.facts.map { OtherFact(name: $0.name, values: $0.values) }
    let owner = frames.map.sharedFiles.owner(of: number, in: content.index.rules)
    facts.file = address.link(to: .body(of: content.index.rules[owner]))
    facts.xml = address.link(to: .ruleXML(of: rule.key))
    facts.repository = repositoryLink(of: rule)
    return facts
  }

  /// Why the rule has its state; nil if the word says everything.
  private func reason(_ visibility: RuleVisibility, of number: RuleID) -> String? {
    switch visibility {
    case .runs: nil
    case .partlyBlind(let reasons, _) where reasons.allSatisfy(\.isDoubtful):
      "its events may come without a field that it needs"
    case .partlyBlind(let reasons, _) where reasons.allSatisfy(\.isMissingField):
      "its events come without a field that a part of it needs"
    case .hidden(let reasons, _) where reasons.first?.isMissingField == true:
      "its events are collected, but without a field that it needs"
    case .partlyBlind: "a collector’s filter can hide what it looks for"
    case .hidden: "its events are collected, but a collector’s filter hides everything that it looks for"
    case .blind(let missing):
      missing.count == 1 ? "its event isn’t collected" : "none of its \(grouped(missing.count)) events is collected"
    case .neverMatches:
      content.index.events[number].contradiction.map { "it can never match, as \($0)" }
        ?? "a rule that it relates can never match"
    case .unknown: "the event map knows none of its events"
    }
  }

  /// A link to the file in the rules' repository.
  private func repositoryLink(of rule: Rule) -> Link? {
    content.repository.flatMap { $0.page(of: rule.source.file) }
  }

  /// Why a rule isn't counted, and what replaces it.
  func notices(of number: RuleID, at address: Address) -> [RuleNotice] {
    var notices = statusNotices(of: number, at: address)
    if content.index.rules[number].isDisabled {
      notices.append(RuleNotice(text: "Switched off in its engine, so it doesn’t count for coverage."))
    }
    if content.index.rules[number].raisesSignal {
      notices.append(RuleNotice(text: "Raises a signal for other rules, not an alert."))
    }
    if content.index.rules[number].lacksLogic {
      notices.append(
        RuleNotice(text: "Nothing that it looks for can be read, so it doesn’t count for coverage: see its findings."))
    }
    if let contradiction = content.index.events[number].contradiction {
      notices.append(
        RuleNotice(text: "Can never match, so it doesn’t count for coverage: \(contradiction)."))
    }
    return notices
  }

  private func statusNotices(of number: RuleID, at address: Address) -> [RuleNotice] {
    let rule = content.index.rules[number]
    switch (rule.status, rule.ruleClass) {
    case (.deprecated, _):
      let successors = content.index.references.ties[number].compactMap { tie in
        tie.isReverse && (tie.kind == .obsolete || tie.kind == .merged || tie.kind == .renamed) ? tie.rule : nil
      }
      let kept = "Deprecated: kept for reference, and not counted for coverage."
      return [
        RuleNotice(
          text: successors.isEmpty ? kept : kept + " Replaced by",
          rules: successors.map {
            TitledLink(title: content.index.rules[$0].title, page: address.link(to: .rule(content.index.rules[$0].key)))
          })
      ]
    case (.unsupported, _):
      return [RuleNotice(text: "Unsupported: engines can’t run the rule as it is; it doesn’t count for coverage.")]
    case (_, .hunt):
      return [RuleNotice(text: "A hunt: it raises no alert until somebody runs it, so it doesn’t count for coverage.")]
    case (_, .forwarder):
      return [RuleNotice(text: "Passes on alerts of another product, so it doesn’t count for coverage.")]
    case (_, .enrichment):
      return [RuleNotice(text: "Gathers context and raises no alert, so it doesn’t count for coverage.")]
    case (_, .correlation), (_, .filter), (_, .detection): return []
    }
  }

  /// The text before the first empty line, on one line.
  private func firstParagraph(of text: String) -> String { paragraphs(of: text).first ?? text }

  /// Parts separated by empty lines; the lines of each part are joined.
  func paragraphs(of text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return text.isEmpty ? [] : [text] }
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.utf8.allSatisfy({ $0 <= UInt8(ascii: " ") }) {
        if paragraphs.last?.isEmpty == false { paragraphs.append([]) }
      } else {
        paragraphs[paragraphs.count - 1].append(line)
      }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: " ") }
  }
}
