import Diagnostics
import Documents
import RuleModel

/// Reads the `correlation` section (Sigma Correlation Rules Specification 2.1.0, “Correlation section”).
///
/// What is malformed is reported, and everything else is kept.
struct CorrelationReader {
  private static let keys = ["type", "rules", "group-by", "timespan", "condition", "aliases", "generate"]

  let section: Node
  let file: SourceFile
  /// The keys that mistyped ones were probably meant to be; they aren't reported as missing.
  private var mistyped: Set<String> = []
  var findings: [Diagnostic] = []

  /// - Parameter section: a mapping.
  init(_ section: Node, file: SourceFile) {
    self.section = section
    self.file = file
  }

  /// - Parameter rules: the rules that the section lists.
  mutating func correlation(of rules: [RuleReference]) -> Correlation {
    reportUnknownKeys()
    let kind = readKind()
    var correlation = Correlation(kind: kind, rules: rules)
    correlation.groupBy = readGroupBy(of: kind)
    correlation.timespan = readTimespan()
    readCondition(into: &correlation)
    reportMissingRules(of: correlation)
    correlation.aliases = readAliases()
    if let node = section["generate"] { correlation.generate = readFlag(node, "generate") }
    return correlation
  }

  /// The value of a Boolean key.
  mutating func readFlag(_ node: Node, _ key: String) -> Bool {
    if let flag = node.boolean { return flag }
    report(at: node, "'\(key)' must be true or false, without quotes; it is read as false")
    return false
  }

  // MARK: Keys

  private mutating func reportUnknownKeys() {
    for (key, _) in section.entries {
      guard let name = key.text else {
        report(at: key, "a key of the correlation must be text; write it in quotes")
        continue
      }
      if CorrelationReader.keys.contains(name) { continue }
      // In detections, the time window had this name.
      let meant = name == "timeframe" ? "timespan" : nearestName(to: name, in: CorrelationReader.keys)
      guard let meant else {
        report(
          at: key, severity: .warning,
          "a correlation has no key '\(shortened(name))'; remove it or write one of "
            + CorrelationReader.keys.joined(separator: ", "))
        continue
      }
      report(
        at: key, severity: section[meant] == nil ? .error : .warning,
        "a correlation has no key '\(shortened(name))'; did you mean '\(meant)'?")
      mistyped.insert(meant)
    }
  }

  /// The value of a key; nil if it is null or absent, which is reported unless the key was mistyped.
  mutating func value(_ key: String, ifMissing message: String?, severity: Diagnostic.Severity? = nil) -> Node? {
    if let node = section[key], !node.isNull { return node }
    if let message, !mistyped.contains(key) { report(at: section[key] ?? section, severity: severity, message) }
    return nil
  }

  private mutating func readKind() -> Correlation.Kind? {
    let names = Correlation.Kind.known.map(\.rawValue)
    let choice = "write one of \(names.joined(separator: ", "))"
    guard let type = value("type", ifMissing: "the correlation has no 'type'; \(choice)") else { return nil }
    guard let written = type.text, !written.isEmpty else {
      report(at: type, "the correlation's type must be text; \(choice)")
      return nil
    }
    let kind = Correlation.Kind(rawValue: written)
    if case .other = kind {
      let near = reorderedName(of: written, in: names) ?? nearestName(to: written, in: names)
      report(
        at: type,
        "the correlation type '\(shortened(written))' is unknown; \(near.map { "did you mean '\($0)'?" } ?? choice)")
    }
    return kind
  }

  private mutating func reportMissingRules(of correlation: Correlation) {
    var names = correlation.rules
    if case .expression(_, _, let named) = correlation.criterion { names += named }
    // An entry that names nothing has already been reported.
    let isEmpty = section["rules"].map { $0.isNull || ($0.kind == .sequence && $0.items.isEmpty) } ?? true
    guard names.isEmpty, isEmpty, !mistyped.contains("rules") else { return }
    report(at: section["rules"] ?? section, "the correlation names no rules; add 'rules' with their ids or names")
  }

  private mutating func readGroupBy(of kind: Correlation.Kind?) -> [String] {
    var message: String?
    if let kind, kind.isTemporal != nil {
      message = "a correlation of type \(kind.rawValue) needs a 'group-by'; add the fields whose values must agree"
    }
    // Engines run such a correlation over all events together.
    guard let node = value("group-by", ifMissing: message, severity: .warning) else { return [] }
    let fields = fields(node, "group-by")
    if node.kind == .sequence, node.items.isEmpty, let message { report(at: node, severity: .warning, message) }
    return fields
  }

  private mutating func readTimespan() -> String? {
    if section["timespan"] == nil, let older = section["timeframe"]?.text { return older }
    guard let node = value("timespan", ifMissing: "the correlation has no 'timespan'; add one, such as 10m") else {
      return nil
    }
    guard let text = node.text, isTimespan(text) else {
      report(
        at: node,
        (node.text.map { "'\(shortened($0))'" } ?? "a \(node.kind == .mapping ? "map" : "list")")
          + " isn't a valid timespan; write a whole number above 0 and s, m, h or d, such as 10m")
      return node.text
    }
    return text
  }

  private mutating func readAliases() -> [Correlation.Alias] {
    guard let node = value("aliases", ifMissing: nil) else { return [] }
    guard node.kind == .mapping else {
      report(at: node, "'aliases' must be a map of names, each with a map of rules and their fields; write one")
      return []
    }
    return node.entries.compactMap { key, value in
      guard let name = key.text, value.kind == .mapping else {
        report(
          at: value, "the alias '\(shortened(key.text ?? "…"))' must be a map of rules and their fields; write one")
        return nil
      }
      let fields = value.entries.compactMap { rule, field -> Correlation.Alias.Field? in
        guard let target = rule.text, !target.isEmpty, let name = field.text, !name.isEmpty, !field.isNull else {
          report(
            at: field, "the alias '\(shortened(name))' must name one field for each rule; write the name of the field")
          return nil
        }
        return Correlation.Alias.Field(name, of: RuleReference(target, at: rule.span))
      }
      if value.entries.isEmpty {
        report(at: value, "the alias '\(shortened(name))' names no rule; add rules with their fields, or remove it")
      }
      return fields.isEmpty ? nil : Correlation.Alias(name: name, fields: fields)
    }
  }

  // MARK: Values

  /// A single field, or a list of fields.
  mutating func fields(_ node: Node, _ key: String) -> [String] {
    let nodes = node.kind == .sequence ? node.items : [node]
    return nodes.compactMap { node in
      guard let text = node.text, !text.isEmpty, !node.isNull else {
        report(at: node, "'\(key)' takes names of fields; write one, or a list of them")
        return nil
      }
      return text
    }
  }

  mutating func report(at node: Node, severity: Diagnostic.Severity? = nil, _ message: String) {
    findings.append(
      Diagnostic(
        .sigmaCorrelation, at: SourceLocation(file, at: node.span), severity: severity, message))
  }
}

/// Whether a text is a positive whole number and a unit, and its number of seconds doesn't overflow.
func isTimespan(_ text: String) -> Bool {
  let units: [UInt8: UInt64] = [
    UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3600, UInt8(ascii: "d"): 86400,
  ]
  let digits = text.utf8.dropLast()
  guard let unit = text.utf8.last.flatMap({ units[$0] }), digits.allSatisfy(isDigit),
    let count = UInt64(String(decoding: digits, as: UTF8.self))
  else { return false }
  return count > 0 && !count.multipliedReportingOverflow(by: unit).overflow
}
