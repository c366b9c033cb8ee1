import Diagnostics
package import Documents

/// Whether a document of a YAML file is Sigma's: a rule, a correlation, a filter, what an `action` makes of one, or what is plainly
/// meant to be one of them.
package func isSigma(_ document: Node) -> Bool {
  if action(of: document) != nil { return true }
  if case .other = SigmaDocument(document) { return false }
  return true
}

/// What a Sigma document is.
enum SigmaKind {
  case rule, correlation, filter
}

/// What a YAML document is to Sigma.
enum SigmaDocument {
  /// It can be read, though its section may be malformed.
  case rule(SigmaKind)
  /// It is plainly meant to be Sigma's, and has no section that could be read.
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

  /// By the sections that it has, as the engines that run the rules choose among several.
  private static func kind(of document: Node) -> SigmaKind? {
    var sections: [String: Node] = [:]
    var logSource: Node?
    for (key, value) in document.entries {
      if let name = SigmaDocument.sections.first(where: { key.bytes.elementsEqual($0.utf8) }) { sections[name] = value }
      if key.bytes.elementsEqual("logsource".utf8) { logSource = value }
    }
    let (detection, filter) = (sections["detection"], sections["filter"])
    if sections["correlation"]?.kind == .mapping { return .correlation }
    // Beside a detection, and in other formats, a key of this name may be anything.
    if let filter, filter.kind == .mapping,
      filter["rules"] != nil || filter["condition"] != nil
        || (detection == nil && (logSource != nil || hasTitle(document)))
    {
      return .filter
    }
    // A detection of a wrong form is known by its log source, which no other format has beside it.
    if let detection, detection.kind == .mapping || logSource != nil { return .rule }
    // A mistyped key must not lose a rule, nor turn a filter into a rule that counts: no other format has a log source like this.
    guard logSource?.kind == .mapping else { return nil }
    if nearKey(to: "detection", in: document) != nil { return .rule }
    if sections["correlation"] != nil || nearKey(to: "correlation", in: document) != nil { return .correlation }
    if filter != nil || nearKey(to: "filter", in: document) != nil { return .filter }
    return .rule
  }

  /// A key that is nearly a section's name, and is none.
  static func nearKey(to section: String, in document: Node) -> Node? {
    document.entries.first { key, _ in
      key.text.map { $0 != section && nearestName(to: $0, in: sections) == section } ?? false
    }?.key
  }

  // MARK: Malformed documents

  /// By a title, as each rule has one, and a section's name, or nearly, over what such a section holds or beside what else only rules
  /// have.
  private static func malformed(_ document: Node) -> SigmaDocument {
    guard hasTitle(document), !isOfAnotherDialect(document) else { return .other }
    let keys = Set(document.entries.compactMap { $0.key.text?.lowercased() })
    let isOtherwiseSigma = keys.contains("falsepositives") || keys.isSuperset(of: ["level", "status"])
    let mayBeSigma = !keys.isDisjoint(with: ["falsepositives", "level", "status", "correlation"])
    var faults: [DocumentError] = []
    var sections: Set<String> = []
    for (key, value) in document.entries where mayBeSigma || isSection(value) {
      guard let name = key.text, let section = nearestName(to: name, in: SigmaDocument.sections + ["logsource"]) else {
        continue
      }
      if name == section {
        guard value.kind != .mapping else { continue }
        faults.append(wrongForm(of: section, value))
      } else if isOtherwiseSigma || isSection(value) {
        faults.append(
          DocumentError(
            id(of: section), at: key.position, "no rule has a section '\(shortened(name))'; did you mean '\(section)'?")
        )
      } else {
        continue
      }
      sections.insert(section)
    }
    // Many formats have a map of products and services; what only looks like a log source needs a section beside it.
    return sections.subtracting(keys.contains("logsource") ? [] : ["logsource"]).isEmpty ? .other : .malformed(faults)
  }

  /// A list of rules, which no engine reads.
  private static func malformed(list: Node) -> SigmaDocument {
    let isRule = list.items.contains { item in
      guard item.kind == .mapping, hasTitle(item) else { return false }
      if case .other = SigmaDocument(item) { return false }
      return true
    }
    guard isRule else { return .other }
    return .malformed([
      DocumentError(
        .sigmaDetection, at: list.position,
        "the document is a list of rules, which no engine reads; write each as a document of its own, with '---' between them"
      )
    ])
  }

  private static func wrongForm(of section: String, _ value: Node) -> DocumentError {
    let form = value.kind == .sequence ? "is a list" : value.isNull ? "is empty" : "is a single value"
    return DocumentError(
      id(of: section), at: value.position, "the section '\(section)' must be a map, and \(form); write keys and values")
  }

  static func id(of section: String) -> DiagnosticID {
    switch section {
    case "correlation": .sigmaCorrelation
    case "filter": .sigmaFilter
    case "logsource": .sigmaLogSource
    default: .sigmaDetection
    }
  }

  // MARK: What speaks for Sigma

  private static func hasTitle(_ document: Node) -> Bool {
    document.entries.contains { key, _ in
      guard let name = key.text?.lowercased() else { return false }
      return name == "id" || name == "title" || (name.utf8.count < 8 && nearestName(to: name, in: ["title"]) != nil)
    }
  }

  /// Whether a value holds what a section of Sigma does; in a list, one of its items.
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

  /// By keys that no Sigma rule has: of Panther, of Sentinel and Defender, of Splunk.
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
