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
      guard let combinator = key.text.flatMap(Combinator.init) else { continue }
      let parts = (value.kind == .sequence ? value.items : [value])
        .map { expression($0, below: outer, depth: depth + 1) }
      switch combinator {
      case .all: return Predicate.conjunction(parts)
      case .any: return parts.isEmpty ? .always : Predicate.disjunction(parts)
      case .none: return parts.isEmpty ? .always : .negation(.disjunction(parts))
      case .onlyOne:
        return Predicate.conjunction([.disjunction(parts), .noTest(combinator.rawValue, at: key.position)])
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
    if MatchCondition.ofAddresses.contains(condition) { return .noTest("\(field) \(condition)", at: place.position) }
    guard let meaning = MatchCondition.all[condition] else {
      let names = MatchCondition.all.keys.sorted() + MatchCondition.ofAddresses.sorted()
      let near = nearestName(to: condition, in: names).map { "did you mean '\($0)'?" }
      report(
        .pantherDetection, at: place,
        "the condition '\(shortened(condition))' is unknown; \(near ?? "write one that Panther has, such as Equals")")
      return .opaque("\(field) \(shortened(condition))", at: place.position)
    }
    func test(_ kind: TestKind, _ value: String, _ position: SourcePosition) -> Predicate {
      .test(Test(field: field, kind: kind, value: value, position: position))
    }
    let logic: Predicate
    if let value = meaning.value {
      logic = test(meaning.kind, value, place.position)
    } else {
      let given = node["Values"]?.items ?? node["Value"].map { [$0] } ?? []
      guard !given.isEmpty else { return malformed(place, "the condition '\(shortened(condition))' needs a 'Value'") }
      logic = Predicate.disjunction(
        given.map { value in
          value.isNull && meaning.kind == .eq
            ? test(.isNull, "", value.position) : test(meaning.kind, value.text ?? "", value.position)
        })
    }
    return meaning.isNegated ? .negation(logic) : logic
  }
}

/// How expressions are joined.
private enum Combinator: String {
  case all = "All"
  case any = "Any"
  case none = "None"
  case onlyOne = "OnlyOne"
}

/// What a condition of a simple detection tests.
private struct MatchCondition {
  var kind: TestKind
  var isNegated = false
  /// nil if the condition has values of its own.
  var value: String?

  init(_ kind: TestKind, isNegated: Bool = false, value: String? = nil) {
    (self.kind, self.isNegated, self.value) = (kind, isNegated, value)
  }

  /// Conditions on what kind of address a value is, which compare it with nothing.
  static let ofAddresses: Set<String> = [
    "IsIPAddress", "IsIPv4Address", "IsIPv6Address", "IsIPAddressPrivate", "IsIPAddressPublic",
  ]

  static let all: [String: MatchCondition] = {
    let exists = MatchCondition(.exists, value: "true")
    let isNull = MatchCondition(.isNull, value: "")
    var all: [String: MatchCondition] = [
      "IsIn": MatchCondition(.eq), "IsNotIn": MatchCondition(.eq, isNegated: true),
      "IsGreaterThan": MatchCondition(.gt), "IsGreaterThanOrEquals": MatchCondition(.gte),
      "IsLessThan": MatchCondition(.lt), "IsLessThanOrEquals": MatchCondition(.lte),
      "CIDRMatch": MatchCondition(.cidr), "IsIPAddressInCIDR": MatchCondition(.cidr),
      "IsIPAddressNotInCIDR": MatchCondition(.cidr, isNegated: true), "MatchesRegex": MatchCondition(.regex),
      "Exists": exists, "DoesNotExist": MatchCondition(.exists, isNegated: true, value: "true"), "IsNull": isNull,
      "IsNotNull": exists, "IsNullOrEmpty": isNull, "IsNotNullOrEmpty": exists,
      // An element that is equal.
      "Has": MatchCondition(.eq), "DoesNotHave": MatchCondition(.eq, isNegated: true),
    ]
    let texts = [
      "Equals": MatchCondition(.eq), "DoesNotEqual": MatchCondition(.eq, isNegated: true),
      "Contains": MatchCondition(.contains), "DoesNotContain": MatchCondition(.contains, isNegated: true),
      "StartsWith": MatchCondition(.startsWith), "DoesNotStartWith": MatchCondition(.startsWith, isNegated: true),
      "EndsWith": MatchCondition(.endsWith), "DoesNotEndWith": MatchCondition(.endsWith, isNegated: true),
    ]
    // The same, whatever the case of the value: no modifier says so.
    for (name, condition) in texts {
      for spelling in [name, name + "IgnoreCase", "I" + name] { all[spelling] = condition }
    }
    return all
  }()
}
