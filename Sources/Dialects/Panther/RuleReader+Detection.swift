import Diagnostics
import DialectReading
import Documents
import RuleModel

/// Logic written in YAML: a simple detection, and inline filters.
///
/// - SeeAlso: Panther's documentation, "Simple Detection Match Expression Reference".
extension RuleReader {
  mutating func read(_ detection: Node) {
    let predicate = all(of: detection)
    rule.stages = [Stage(name: "Detection", predicate: predicate, position: detection.position)]
    rule.lacksLogic = detection.items.isEmpty && detection.entries.isEmpty || rule.stages.isUnread
  }

  /// Filters that come before the rule's own logic.
  mutating func readInlineFilters() {
    guard let filters = values["InlineFilters"], !filters.isNull else { return }
    let predicate = all(of: filters)
    guard !predicate.isAlways, !rule.stages.isEmpty else { return }
    rule.stages.append(Stage(name: "InlineFilters", predicate: predicate, position: filters.position))
    rule.stages[0].predicate = .conjunction([.stage(rule.stages.count - 1), rule.stages[0].predicate])
  }

  private mutating func all(of node: Node, below outer: String = "", depth: Int = 0) -> Predicate {
    let parts = node.kind == .sequence ? node.items : [node]
    return Predicate.conjunction(parts.map { expression($0, below: outer, depth: depth) })
  }

  /// - Parameter outer: the path of the list whose elements the expression is about, with a dot at its end.
  private mutating func expression(_ node: Node, below outer: String, depth: Int) -> Predicate {
    guard depth < 32, node.kind == .mapping else { return malformed(node, "an expression must be a map") }
    for (key, value) in node.entries {
      guard let combinator = key.text, ["All", "Any", "OnlyOne", "None"].contains(combinator) else { continue }
      let parts = (value.kind == .sequence ? value.items : [value])
        .map { expression($0, below: outer, depth: depth + 1) }
      switch combinator {
      case "All": return Predicate.conjunction(parts)
      case "Any": return parts.isEmpty ? .always : Predicate.disjunction(parts)
      case "None": return parts.isEmpty ? .always : .negation(.disjunction(parts))
      default: return Predicate.conjunction([.disjunction(parts), .noTest("OnlyOne", at: key.position)])
      }
    }
    guard let condition = node["Condition"]?.text, let place = node["Condition"] else {
      return malformed(node, "an expression needs a 'Condition'")
    }
    if condition == "AlwaysTrue" { return .always }
    if condition == "AlwaysFalse" { return .never }
    if let keys = node["Values"]?.items, node["Key"] == nil, node["KeyPath"] == nil, node["DeepKey"] == nil {
      return comparison(of: keys.compactMap { path(of: $0, below: outer) }, condition, place)
    }
    guard let field = path(of: node, below: outer) else {
      return malformed(node, "an expression needs a 'Key', a 'DeepKey' or a 'KeyPath'")
    }
    if let expressions = node["Expressions"] {
      let inner = all(of: expressions, below: field + ".", depth: depth + 1)
      switch condition {
      case "AnyElement", "AllElements": return inner
      case "NoElement": return .negation(inner)
      case "OnlyOneElement": return Predicate.conjunction([inner, .noTest(condition, at: place.position)])
      default: return malformed(place, "the condition '\(shortened(condition))' takes no expressions")
      }
    }
    return comparison(of: field, condition, node, place)
  }

  private mutating func malformed(_ node: Node, _ message: String) -> Predicate {
    report(.pantherDetection, at: node, message + "; correct it")
    return .opaque(shortened(String(decoding: node.bytes, as: UTF8.self)), at: node.position)
  }

  /// The field that an expression is about.
  private func path(of node: Node, below outer: String) -> String? {
    let own: String?
    if let deep = node["DeepKey"] {
      own = deep.items.reduce("") { path, part in
        let text = part.text ?? ""
        return part.isPlain && Int(text) != nil ? path + "[\(text)]" : path.isEmpty ? text : path + "." + text
      }
    } else if let path = node["KeyPath"]?.text {
      own = path.replacing("[*]", with: "")
    } else {
      own = node["Key"]?.text
    }
    // An expression about the elements themselves.
    guard let own, !own.isEmpty else { return outer.isEmpty ? nil : String(outer.dropLast()) }
    return outer + own
  }

  /// A comparison of two of the event's fields.
  private mutating func comparison(of fields: [String], _ condition: String, _ place: Node) -> Predicate {
    guard fields.count == 2 else { return malformed(place, "a comparison of keys needs two 'Values'") }
    let reference = Predicate.test(
      Test(field: fields[0], kind: .fieldRef, value: fields[1], position: place.position))
    switch condition {
    case "Equals": return reference
    case "DoesNotEqual": return .negation(reference)
    default: return .noTest("\(fields[0]) \(condition) \(fields[1])", at: place.position)
    }
  }

  private mutating func comparison(
    of field: String, _ condition: String, _ node: Node, _ place: Node
  ) -> Predicate {
    guard let meaning = MatchCondition.all[condition] else {
      let near = nearestName(to: condition, in: MatchCondition.all.keys.sorted()).map { "did you mean '\($0)'?" }
      report(
        .pantherDetection, at: place,
        "the condition '\(shortened(condition))' is unknown; \(near ?? "write one that Panther has, such as Equals")")
      return .opaque("\(field) \(shortened(condition))", at: place.position)
    }
    var tests: [Predicate] = []
    if let value = meaning.value {
      tests = meaning.kinds.map {
        .test(Test(field: field, kind: $0, value: $0 == .exists ? value : "", position: place.position))
      }
    } else {
      let given = node["Values"]?.items ?? node["Value"].map { [$0] } ?? []
      guard !given.isEmpty else { return malformed(place, "the condition '\(shortened(condition))' needs a 'Value'") }
      for value in given {
        let kind: TestKind = value.isNull && meaning.kinds[0] == .eq ? .isNull : meaning.kinds[0]
        tests.append(
          .test(
            Test(
              field: field, kind: kind, value: kind == .isNull ? "" : value.text ?? "", position: value.position)))
      }
    }
    let logic = Predicate.disjunction(tests)
    return meaning.isNegated ? .negation(logic) : logic
  }
}

/// What a condition of a simple detection tests.
private struct MatchCondition {
  /// Any of these.
  var kinds: [TestKind]
  var isNegated = false
  /// nil if the condition has values of its own.
  var value: String?

  static let all: [String: MatchCondition] = {
    var all: [String: MatchCondition] = [
      "Equals": MatchCondition(kinds: [.eq]), "DoesNotEqual": MatchCondition(kinds: [.eq], isNegated: true),
      "IsIn": MatchCondition(kinds: [.eq]), "IsNotIn": MatchCondition(kinds: [.eq], isNegated: true),
      "Contains": MatchCondition(kinds: [.contains]),
      "DoesNotContain": MatchCondition(kinds: [.contains], isNegated: true),
      "StartsWith": MatchCondition(kinds: [.startsWith]), "EndsWith": MatchCondition(kinds: [.endsWith]),
      "IsGreaterThan": MatchCondition(kinds: [.gt]), "IsGreaterThanOrEquals": MatchCondition(kinds: [.gte]),
      "IsLessThan": MatchCondition(kinds: [.lt]), "IsLessThanOrEquals": MatchCondition(kinds: [.lte]),
      "CIDRMatch": MatchCondition(kinds: [.cidr]), "IsIPAddressInCIDR": MatchCondition(kinds: [.cidr]),
      "IsIPAddressNotInCIDR": MatchCondition(kinds: [.cidr], isNegated: true),
      "MatchesRegex": MatchCondition(kinds: [.regex]),
      "Exists": MatchCondition(kinds: [.exists], value: "true"),
      "DoesNotExist": MatchCondition(kinds: [.exists], isNegated: true, value: "true"),
      "IsNull": MatchCondition(kinds: [.isNull], value: ""),
      "IsNotNull": MatchCondition(kinds: [.exists], value: "true"),
      "IsNullOrEmpty": MatchCondition(kinds: [.isNull], value: ""),
      "IsNotNullOrEmpty": MatchCondition(kinds: [.exists], value: "true"),
    ]
    // The same, whatever the case of the value: no modifier says so.
    for name in ["Equals", "DoesNotEqual", "Contains", "DoesNotContain", "StartsWith", "EndsWith"] {
      all[name + "IgnoreCase"] = all[name]
      all["I" + name] = all[name]
    }
    return all
  }()
}
