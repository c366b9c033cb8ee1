import Diagnostics
import Text

extension Rule {
  /// 16 hexadecimal digits that are equal for equal logic and differ when the logic does. Logic is what a rule matches,
  /// what a correlation relates and how, or what a filter excludes from which rules.
  ///
  /// It depends only on the rule's own text. Rules that a correlation or a filter names are compared as written, except
  /// for the case of UUIDs. It ignores what ``CanonicalLogic`` ignores, the order of fields and of group-by fields, the
  /// order of named rules unless it matters, the order of aliases and of a condition's comparisons, the difference
  /// between `60m` and `1h`, and query commands that only arrange rows or columns. Log source, level, texts and tags aren't included.
  ///
  /// Saved files contain it: changing what counts as equal requires a new format number for `catalog.json`.
  package var logic: String {
    let digits = String(logicDigest(), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// The digest behind ``logic``, optionally with other field names.
  ///
  /// - Parameter fieldName: maps a test's field name as written to the name to use for it.
  package func logicDigest(fieldName: @escaping (String) -> String = { $0 }) -> UInt64 {
    var digest = StableDigest()
    var conditions = CanonicalLogic(over: stages, fieldName: fieldName)
    digest.add(conditions.digest())
    for stage in stages { stage.addText(to: &digest) }
    digest.add(match?.aggregation.map(countWithoutGroups) ?? "")
    digest.add(canonicalNames(groupBy))
    digest.add(timeWindow.map(canonicalTimespan) ?? "")
    if let correlation { correlation.add(to: &digest) }
    switch filter {
    case nil: break
    case .any: digest.add("any")
    case .rules(let rules): digest.add(canonicalNames(rules.map { canonicalReference($0.target) }))
    }
    return digest.value
  }

  /// The ``logic`` of a rule without any logic.
  package static let noLogic = Rule(
    RuleDraft(
      key: RuleKey(dialect: .sigma, slug: ""), title: "", source: RuleSource(in: SourceFile(path: "")))
  ).logic
}

extension Stage {
  /// Commands that change neither which rows there are nor what their values mean.
  private static let arrangements: Set<String> = [
    "as", "drop", "fields", "keep", "order", "project-away", "project-keep", "project-reorder", "render", "serialize",
    "sort", "table",
  ]

  /// Whether its text is logic, because its tests leave out how a command computes, groups or joins, or because some of
  /// its conditions aren't tests.
  package var isLogicByText: Bool {
    (form == .command || language != nil) && form != .source && !predicate.hasOnlyTests
      && !Self.arrangements.contains(name)
  }

  fileprivate func addText(to digest: inout StableDigest) {
    if let wordsDigest {
      digest.add(wordsDigest)
    } else if language == nil, isLogicByText, let text {
      digest.add(text)
    }
  }
}

extension Predicate {
  /// Whether all of its leaves are tests, and it has at least one.
  fileprivate var hasOnlyTests: Bool {
    folded(
      leaf: { if case .test = $0 { true } else { false } }, all: { !$0.isEmpty && $0.allSatisfy { $0 } },
      any: { !$0.isEmpty && $0.allSatisfy { $0 } }, not: { $0 })
  }
}

extension Correlation {
  fileprivate func add(to digest: inout StableDigest) {
    digest.add(kind?.rawValue ?? "")
    digest.add(canonicalRules)
    digest.add(canonicalNames(fields))
    if case .expression(_, let logic, let names) = criterion {
      let stages = names.map { name in
        Stage(
          name: name.target, predicate: .opaque(canonicalReference(name.target)),
          position: name.span.start)
      }
      var canonical = CanonicalLogic(over: stages)
      digest.add(canonical.digest(of: logic))
    } else {
      digest.add(canonicalCondition)
    }
    digest.add(byte: generate ? 1 : 0)
    digest.add(
      aliases.map { alias in
        var digest = StableDigest()
        digest.add(alias.name)
        digest.add(canonicalNames(alias.fields.map { "\(canonicalReference($0.rule.target))\n\($0.name)" }))
        return "\(digest.value)"
      }.sorted(by: inByteOrder))
  }

  /// The rules that it names: in their order if that matters, otherwise sorted and unique.
  package var canonicalRules: [String] {
    let rules = rules.map { canonicalReference($0.target) }
    return kind == .temporalOrdered ? rules : canonicalNames(rules)
  }

  /// The condition with its comparisons sorted, so that their order in the file doesn't matter.
  package var canonicalCondition: String {
    RuleModel.canonicalCondition(condition ?? "", ofType: kind?.rawValue ?? "")
  }
}

/// A correlation's condition with its comparisons sorted, so that their order in the file doesn't matter.
package func canonicalCondition(_ condition: String, ofType type: String) -> String {
  if type.hasPrefix("temporal") { return condition }
  return condition.split(separator: " and ").map(String.init).sorted(by: inByteOrder).joined(separator: " and ")
}

/// Names whose order and repetition don't matter: sorted, unique.
package func canonicalNames(_ names: [String]) -> [String] {
  var result: [String] = []
  for name in names.sorted(by: inByteOrder) where !(result.last?.utf8.elementsEqual(name.utf8) ?? false) {
    result.append(name)
  }
  return result
}

/// A reference to a rule: an id in lower case, a name unchanged.
package func canonicalReference(_ text: String) -> String {
  // UUIDs (RFC 9562, section 4) are case-insensitive.
  let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  guard parts.map(\.count) == [8, 4, 4, 4, 12], parts.joined().allSatisfy({ isHexadecimalDigit($0) }) else {
    return text
  }
  return text.lowercased()
}

private func isHexadecimalDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
    UInt8(ascii: "A")...UInt8(ascii: "F"):
    true
  default: false
  }
}

/// Converts a time span in seconds, minutes, hours, days or weeks to seconds, so that `60m` equals `1h`; any other,
/// such as one in months, is returned as written.
package func canonicalTimespan(_ text: String) -> String {
  let seconds: [Character: UInt64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
  guard let unit = text.last.flatMap({ seconds[$0] }), let number = UInt64(text.dropLast()) else { return text }
  let (product, isTooLarge) = number.multipliedReportingOverflow(by: unit)
  return isTooLarge ? text : "\(product)s"
}

/// What an old condition counts and compares, without its group-by fields and without white space: `count(user)>5`.
package func countWithoutGroups(_ aggregation: String) -> String {
  let operators: Set<Substring> = ["<", ">", "<=", ">=", "=", "=="]
  return aggregation.split(separator: ";").map { count in
    let words = count.split(whereSeparator: \.isWhitespace)
    guard let by = words.firstIndex(where: { $0.lowercased() == "by" }) else { return words.joined() }
    return (words[..<by] + words[by...].drop { !operators.contains($0) }).joined()
  }.joined(separator: ";")
}
