import Diagnostics
package import Documents
import RuleModel

/// Whether a document in a YAML file is Sigma's: a rule, a correlation, a filter, an `action` on one of these, or
/// something clearly meant to be one of them.
package func isSigma(_ document: Node) -> Bool {
  if action(of: document) != nil { return true }
  if case .other = SigmaDocument(document) { return false }
  return true
}

/// The kind of a Sigma document.
enum SigmaKind {
  case rule, correlation, filter
}

/// What a YAML document is in terms of Sigma.
enum SigmaDocument {
  /// It can be read, though its section may be malformed.
  case rule(SigmaKind)
  /// It is clearly meant to be Sigma, but has no section that can be read.
  case malformed([DocumentError])
  case other

  init(_ document: Node) {
    switch document.kind {
    case .mapping: self = SigmaDocument.kind(of: document).map(SigmaDocument.rule) ?? SigmaDocument.malformed(document)
    case .sequence: self = SigmaDocument.malformed(list: document)
    case .scalar: self = .other
    }
  }

  // MARK: Sections

  private static let sections = ["detection", "correlation", "filter"]

  /// Decided by its sections; if it has several, the choice is that of engines that run the rules.
  private static func kind(of document: Node) -> SigmaKind? {
    var sections: [String: Node] = [:]
    var logSource: Node?
    for (key, value) in document.entries {
      if let name = SigmaDocument.sections.first(where: { key.bytes.elementsEqual($0.utf8) }) { sections[name] = value }
      if key.bytes.elementsEqual("logsource".utf8) { logSource = value }
    }
    let (detection, filter) = (sections["detection"], sections["filter"])
    /// Whether it is a Sigma section, and not another format's map with the same name.
    func isOwn(_ section: Node) -> Bool {
      section.kind == .mapping && (logSource != nil || isSection(section) || isNamed(document))
    }
    if let correlation = sections["correlation"], isOwn(correlation) { return .correlation }
    if let filter, isOwn(filter) {
      let isWhole = filter["rules"] != nil && filter["condition"] != nil
      let isPart = filter["rules"] != nil || filter["condition"] != nil
      // Beside a detection, and in other formats, a key with this name may be anything.
      if isWhole || (isPart && detection != nil)
        || (detection == nil && (logSource != nil || hasTitle(document) || (hasID(document) && isSection(filter))))
      {
        return .filter
      }
    }
    // A detection of the wrong form is recognised by its log source, which no other format has beside it.
    if let detection, logSource != nil || isOwn(detection) { return .rule }
    // A mistyped key must not lose a rule, or turn a filter into a counted rule: no other format has a log source like
    // this.
    guard logSource?.kind == .mapping else { return nil }
    if nearKey(to: "detection", in: document) != nil { return .rule }
    if sections["correlation"] != nil || nearKey(to: "correlation", in: document) != nil { return .correlation }
    if filter != nil || nearKey(to: "filter", in: document) != nil { return .filter }
    return .rule
  }

  /// A key that is almost a section's name: a typo, or, if what the section holds is found under it, a larger
  /// deviation.
  static func nearKey(to section: String, in document: Node) -> Node? {
    document.entries.first { key, value in
      guard let name = key.text, name != section, nearSection(to: name) == section else { return false }
      return isSlip(name, of: section) || isSection(value)
    }?.key
  }

  private static func nearSection(to name: String) -> String? {
    nearestName(to: name, in: sections + ["logsource"])
  }

  // MARK: Malformed documents

  /// Recognised by a title or an id, which every rule has, or a second section, together with a section's name, exact
  /// or nearly so, that holds what such a section does or appears beside other things that only rules have.
  private static func malformed(_ document: Node) -> SigmaDocument {
    guard !isOfAnotherDialect(document) else { return .other }
    var faults: [DocumentError] = []
    /// Whether one of them is unmistakable.
    var isPlain = false
    for (key, value) in document.entries {
      guard let name = key.text, let section = nearSection(to: name) else { continue }
      if name == section {
        guard value.kind != .mapping else { continue }
        faults.append(wrongForm(of: section, value))
        // Many other things with an id have a filter.
        if section != "filter" || hasTitle(document) { isPlain = true }
      } else if isMeant(name, over: value, as: section, in: document) {
        faults.append(
          DocumentError(
            id(of: section), at: key.span, "no rule has a section '\(shortened(name))'; did you mean '\(section)'?")
        )
        // Many formats have a map of products and services under a similar name.
        if section != "logsource" || isSlip(name, of: section) { isPlain = true }
      }
    }
    guard isPlain, isNamed(document) || faults.count > 1 else { return .other }
    return .malformed(faults)
  }

  /// Whether a key that is almost a section's name was meant to be it, and isn't just a similar word.
  private static func isMeant(_ name: String, over value: Node, as section: String, in document: Node) -> Bool {
    if isSection(value) { return true }
    // `Detection` beside an `Id`, or a text under `log_source`, belongs to other formats.
    return section == "logsource"
      ? isSlip(name, of: section)
        && (isOtherwiseSigma(document) || Level(rawValue: document["level"]?.text ?? "") != nil)
      : isOtherwiseSigma(document) || (isSlip(name, of: section) && hasTitle(document))
  }

  /// A list of rules, which no engine reads.
  private static func malformed(list: Node) -> SigmaDocument {
    let isRule = list.items.contains { item in
      guard item.kind == .mapping, isNamed(item) else { return false }
      return switch SigmaDocument(item) {
      case .rule: true
      // Lists of things with a title and a filter are common.
      case .malformed(let faults): faults.count > 1 || isOtherwiseSigma(item)
      case .other: false
      }
    }
    guard isRule else { return .other }
    return .malformed([
      DocumentError(
        .sigmaDetection, at: list.span,
        "the document is a list of rules, which no engine reads; write each as a document of its own, with '---' between them"
      )
    ])
  }

  private static func wrongForm(of section: String, _ value: Node) -> DocumentError {
    let form = value.kind == .sequence ? "is a list" : value.isNull ? "is empty" : "is a single value"
    return DocumentError(
      id(of: section), at: value.span, "the section '\(section)' must be a map, and \(form); write keys and values")
  }

  static func id(of section: String) -> CheckID {
    switch section {
    case "correlation": .sigmaCorrelation
    case "filter": .sigmaFilter
    case "logsource": .sigmaLogSource
    default: .sigmaDetection
    }
  }

  // MARK: What speaks for Sigma

  private static func isNamed(_ document: Node) -> Bool { hasTitle(document) || hasID(document) }

  private static func hasTitle(_ document: Node) -> Bool {
    document.entries.contains { key, _ in key.text.map { isSlip($0, of: "title") } ?? false }
  }

  private static func hasID(_ document: Node) -> Bool {
    document.entries.contains { key, _ in key.text?.lowercased() == "id" }
  }

  /// Recognised by keys that no other format combines.
  private static func isOtherwiseSigma(_ document: Node) -> Bool {
    let keys = Set(document.entries.compactMap { $0.key.text?.lowercased() })
    return keys.contains("falsepositives") || keys.isSuperset(of: ["level", "status"])
  }

  /// Whether a value holds what a Sigma section does; for a list, whether one of its items does.
  private static func isSection(_ value: Node) -> Bool {
    switch value.kind {
    case .scalar: false
    case .sequence: value.items.contains { $0.kind == .mapping && isSection($0) }
    case .mapping:
      value.entries.contains { key, _ in
        guard let name = key.text?.lowercased() else { return false }
        return sectionKeys.contains(name) || name.hasPrefix("selection") || name.hasPrefix("keywords")
      }
    }
  }

  private static let sectionKeys: Set<String> = [
    "condition", "rules", "timespan", "timeframe", "group-by", "category", "product", "service",
  ]

  /// Recognised by keys that no Sigma rule has: of Panther, of Sentinel and Defender, of Splunk.
  private static func isOfAnotherDialect(_ document: Node) -> Bool {
    let keys = Set(document.entries.compactMap(\.key.text))
    func has(_ key: String, beside others: Set<String>) -> Bool {
      keys.contains(key) && !keys.isDisjoint(with: others)
    }
    return keys.contains("AnalysisType") || keys.contains("queryCondition")
      || has(
        "query", beside: ["kind", "tactics", "relevantTechniques", "entityMappings", "severity", "queryFrequency"])
      || has("search", beside: ["data_source", "how_to_implement", "known_false_positives", "tags"])
  }
}
