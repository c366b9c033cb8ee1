import Diagnostics
import XML

// Parts that Sysmon ignores or interprets in an unexpected way.

extension SysmonReader {
  /// Reports each condition of a block once, however many events the type has.
  mutating func checkConditions(of block: XMLElement) {
    for part in block.elements {
      if part.name == "Rule" { _ = relation(of: part) }
      for condition in part.name == "Rule" ? part.elements : [part] { check(condition) }
    }
  }

  private mutating func check(_ element: XMLElement) {
    if element.name == "Rule" { return warn(element, "a Rule can't be inside another Rule; make two of them") }
    guard let condition = SysmonCondition(of: element) else {
      let written = element.value(of: "condition") ?? ""
      let known = SysmonCondition.allCases.map(\.rawValue)
      let near = nearestName(to: written, in: known).map { "did you mean '\($0)'?" }
      return warn(
        element,
        "Sysmon has no condition '\(written.shortened)'; \(near ?? "its conditions are \(known.joined(separator: ", "))")"
      )
    }
    checkValue(of: element, condition)
  }

  /// Reports a value that Sysmon interprets in an unexpected way.
  private mutating func checkValue(of element: XMLElement, _ condition: SysmonCondition) {
    func warn(_ message: String) {
      diagnostics.append(Diagnostic(.sysmonLogic, at: location(of: element), message))
    }
    let text = element.text
    if condition.takesList, condition != .isAny, text.hasSuffix(";") {
      warn("the list ends in ';', and Sysmon finds the empty item after it in every value; remove the ';'")
    }
    if text.isEmpty, condition.findsParts {
      warn("'\(condition.rawValue)' has no value, and Sysmon finds an empty one in every value; write one or remove it")
    }
    if !condition.takesList, text.contains(";"), text.contains(where: { $0 != ";" && !$0.isWhitespace }) {
      let list = condition.ofSeveral.map { "use '\($0.rawValue)' for a list" } ?? "write a condition for each value"
      warn("'\(condition.rawValue)' takes one value, and the ';' counts as part of it; \(list)")
    }
    let isPadded =
      text.prefix(while: \.isWhitespace).contains(where: \.isNewline)
      || text.reversed().prefix(while: \.isWhitespace).contains(where: \.isNewline)
    if isPadded, !text.allSatisfy(\.isWhitespace) {
      warn("the value begins or ends with a line break, which Sysmon compares as well; write it on one line")
    }
    // xml.cpp has read `child_value()` since April 2026, and all text before that.
    if element.children.contains(where: { if case .comment = $0 { true } else { false } }), !text.isEmpty {
      warn("newer versions of Sysmon read the value only up to the comment in it; move the comment out")
    }
  }

  mutating func relation(of element: XMLElement) -> Bool? {
    guard let relation = element.value(of: "groupRelation") else { return nil }
    switch relation.lowercased() {
    case "and": return true
    case "or": return false
    default:
      warn(element, "groupRelation can't be '\(relation.shortened)'; it is 'and' or 'or'")
      return nil
    }
  }

  mutating func warnOfExcludesAlone(_ blocks: [SysmonBlock]) {
    for type in types {
      let ofType = blocks.filter { $0.type == type.name }
      guard ofType.count > 1, let second = ofType.dropFirst().first, ofType.allSatisfy({ !$0.isInclude }) else {
        continue
      }
      diagnostics.append(
        Diagnostic(
          .sysmonLogic, at: second.location,
          "with two exclude blocks of '\(type.name)' and no include, Sysmon logs nothing of it; join the blocks"))
    }
  }
}

extension EventFilter.JointEffect {
  func words(for type: String) -> String {
    switch self {
    case .dropsAll:
      "one or another of the conditions that exclude matches every event of '\(type)', so that Sysmon logs nothing of it; "
        + "join them in a Rule"
    case .keepsAll:
      "one or another of the conditions that include matches every event of '\(type)', so that they keep all of it; "
        + "join them in a Rule, or remove them"
    case .dropsWhatIsKept:
      "everything that '\(type)' includes is also excluded, so that Sysmon logs nothing of it; remove one of the two"
    case .keepsNothing:
      "no event of '\(type)' matches its conditions, so that Sysmon logs nothing of it; "
        + "correct the values, or the options that leave fields empty"
    }
  }
}
