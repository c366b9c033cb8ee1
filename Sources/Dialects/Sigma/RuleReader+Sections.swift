import Diagnostics
import Documents
import RuleModel

/// The sections of rules, correlations and filters.
extension RuleReader {
  mutating func readLogSource(isNeeded: Bool) {
    guard let node = values["logsource"] else {
      if let key = SigmaDocument.nearKey(to: "logsource", in: document) {
        reportMistyped(key, as: "logsource")
      } else if isNeeded {
        report(.sigmaLogSource, at: document, "the rule has no 'logsource'; add a category, product or service")
      }
      return
    }
    var reader = LogSourceReader(file: rule.source.file)
    rule.logSourcePosition = node.position
    rule.logSources = reader.logSources(in: node)
    rule.findings += reader.findings
  }

  mutating func readDetection() {
    rule.lacksLogic = true
    guard let detection = values["detection"] else {
      if let key = SigmaDocument.nearKey(to: "detection", in: document) {
        reportMistyped(key, as: "detection")
      } else {
        report(
          .sigmaDetection, at: document, "the rule has no 'detection'; add one with search identifiers and a condition")
      }
      return
    }
    guard detection.kind == .mapping else {
      report(
        .sigmaDetection, at: detection, "the detection must be a map of search identifiers and a condition; write one")
      return
    }
    if detection.entries.isEmpty {
      report(.sigmaDetection, at: detection, "the detection is empty; write search identifiers and a condition")
      return
    }
    var window: String?
    if let timeframe = detection["timeframe"] {
      window = timeframe.isNull ? nil : timeframe.text
      if let window {
        if !isTimespan(window) {
          report(
            .ruleField, at: timeframe,
            "'\(shortened(window))' isn't a valid timeframe; write a whole number above 0 and s, m, h or d, such as 10m"
          )
        }
      } else {
        report(.ruleField, at: timeframe, "the timeframe must be a number and a unit, such as 10m; it is left out")
      }
    }
    rule.body = .detection(readStages(of: detection, reserved: ["condition", "timeframe"], within: window))
  }

  /// Engines read one section of a document, and none of its keys shows that it has others.
  mutating func reportOtherSections(than kind: SigmaKind) {
    let own =
      switch kind {
      case .correlation: "correlation"
      case .filter: "filter"
      case .rule: values["correlation"] == nil ? "detection" : "correlation"
      }
    for name in ["detection", "filter"] where name != own {
      // Some rules have a custom field named filter.
      guard let section = values[name], own == "correlation" || name == "detection" else { continue }
      report(
        SigmaDocument.id(of: own), at: section,
        "the document has both '\(name)' and '\(own)', of which engines read the \(own) alone; "
          + "move one of them to a document of its own")
    }
  }

  /// The section of a correlation or filter; nil, with a finding, if it isn't a map.
  private mutating func section(_ name: String) -> Node? {
    let id = SigmaDocument.id(of: name)
    guard let node = values[name] else {
      if let key = SigmaDocument.nearKey(to: name, in: document) { reportMistyped(key, as: name) }
      return nil
    }
    guard node.kind == .mapping else {
      report(id, at: node, "the section '\(name)' must be a map; write keys and values")
      return nil
    }
    return node
  }

  private mutating func reportMistyped(_ key: Node, as section: String) {
    report(
      SigmaDocument.id(of: section), at: key,
      "no rule has a section '\(shortened(key.text ?? ""))'; did you mean '\(section)'?")
  }

  mutating func readFilter() {
    rule.body = .filter(nil, .single)
    guard let filter = section("filter") else { return }
    if values["logsource"] == nil {
      report(.sigmaFilter, at: document, "the filter has no log source; add the one of the rules that it tunes")
    }
    let scope = filterScope(of: filter)
    if let condition = filter["condition"], condition.kind == .sequence {
      report(
        .sigmaFilter, at: condition, severity: .warning,
        "engines take one text as a filter's condition; join the list with 'or'")
    }
    let reserved: Set = ["condition", "rules", nearKey(to: "rules", in: filter)?.text ?? "rules"]
    rule.body = .filter(scope, readStages(of: filter, reserved: reserved))
  }

  private mutating func filterScope(of filter: Node) -> FilterScope {
    let node = filter["rules"]
    guard let node, !node.isNull, node.kind != .sequence || !node.items.isEmpty else {
      if node == nil, let key = nearKey(to: "rules", in: filter) {
        report(.sigmaFilter, at: key, "a filter has no key '\(shortened(key.text ?? ""))'; did you mean 'rules'?")
      } else {
        report(
          .sigmaFilter, at: node ?? filter, "the filter names no rules; add 'rules' with their ids or names, or 'any'")
      }
      return .rules([])
    }
    return node.text?.lowercased() == "any" ? .any : .rules(references(in: node, .sigmaFilter))
  }

  /// - Parameter window: the time within which Sigma 1 relates events: with one, the parts of `selection1 and
  ///   selection2` need not match the same event.
  private mutating func readStages(of section: Node, reserved: Set<String>, within window: String? = nil) -> Match {
    guard let condition = section["condition"] else {
      let name = rule.body.ruleClass.rawValue
      if let key = nearKey(to: "condition", in: section) {
        report(
          .sigmaCondition, at: key, "a \(name) has no key '\(shortened(key.text ?? ""))'; did you mean 'condition'?")
      } else if let stray = values["condition"] {
        report(.sigmaCondition, at: stray, "the condition is outside '\(name)'; indent it, so that it belongs there")
      } else {
        report(.sigmaCondition, at: section, "the \(name) has no 'condition'; add one")
      }
      return window == nil ? .single : .join(by: [], within: window)
    }
    var reader = ConditionReader(
      detection: section, reserved: reserved, file: rule.source.file, limits: context.limits, work: context.work)
    rule.stages = reader.stages(of: condition)
    rule.lacksLogic = reader.isUnparsed || !reader.isTooLarge && !rule.stages.lookForSomething
    rule.findings += reader.findings
    let groupBy = reader.aggregations.flatMap(\.groupBy)
    // What `near` names is in the condition's tree.
    let counts = reader.aggregations.filter { $0.near == nil }.map(\.text)
    let joinsEvents = window != nil || counts.count < reader.aggregations.count
    if !counts.isEmpty {
      return .threshold(counts.joined(separator: "; "), by: groupBy, within: window, joinsEvents: joinsEvents)
    }
    return joinsEvents ? .join(by: groupBy, within: window) : .single
  }

  mutating func readCorrelation() {
    rule.body = .correlation(nil)
    guard let section = section("correlation") else { return }
    let rules = section["rules"].map { $0.isNull ? [] : references(in: $0, .sigmaCorrelation) } ?? []
    var reader = CorrelationReader(section, file: rule.source.file)
    var correlation = reader.correlation(of: rules)
    // The specification's schema has it beside the section, while its text and pySigma have it inside.
    if let node = values["generate"], reader.readFlag(node, "generate") { correlation.generate = true }
    rule.findings += reader.findings
    rule.body = .correlation(correlation)
  }

  /// A key of a section that is a misspelling of this one.
  private func nearKey(to name: String, in section: Node) -> Node? {
    section.entries.first { key, _ in key.text.map { $0 != name && isSlip($0, of: name) } ?? false }?.key
  }

  /// The id or name of a rule, or a list of them.
  private mutating func references(in node: Node, _ id: CheckID) -> [RuleReference] {
    let nodes = node.kind == .sequence ? node.items : [node]
    return nodes.compactMap { node in
      guard let target = node.text, !target.isEmpty, !node.isNull else {
        report(id, at: node, "'rules' takes ids or names of rules; write one, or a list of them")
        return nil
      }
      return RuleReference(target, at: node.span)
    }
  }
}
