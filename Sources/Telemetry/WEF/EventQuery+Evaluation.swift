import Events
import QueryLanguages
import RuleModel
import Text

extension EventQuery {
  /// What remains of the query once provider and event are known: a predicate over the event's data fields.
  ///
  /// - Time is ignored, since events are forwarded as they occur.
  /// - Level, task, opcode and version belong to the kind of event and aren't in the event map. If they are tested
  ///   together with the event's id, they are assumed to be that event's; otherwise they are unknown, and the remaining
  ///   predicate is opaque. The same applies to a provider's GUID next to its name.
  /// - Text comparison is case-sensitive, as in the event log.
  /// - Conditions on elements and attributes that no event has, and on data that the event lacks, are false.
  ///
  /// - Parameter channel: the channel that the query reads, in lower case.
  func predicate(for event: QueriedEvent, channel: String, doubts: inout QueryDoubts) -> Predicate {
    var evaluator = Evaluator(queried: event, channel: channel, doubts: doubts)
    defer { doubts = evaluator.doubts }
    return evaluator.evaluate(self, in: .root, EvaluationScope())
  }

  /// Whether it can match an event, whatever the event's data are.
  func mayTake(_ event: QueriedEvent, channel: String) -> Bool {
    var evaluator = Evaluator(queried: event, channel: channel, readsData: false)
    return !evaluator.evaluate(self, in: .root, EvaluationScope()).isNever
  }

  /// What is certain about the event's identity wherever this query matches.
  fileprivate var pins: EvaluationScope.Pins {
    switch self {
    case .any(let parts): parts.reduce([.event, .provider]) { $0.intersection($1.pins) }
    case .all(let parts): parts.reduce([]) { $0.union($1.pins) }
    case .compare(.path(let steps), .equal, _), .compare(_, .equal, .path(let steps)):
      switch steps.last?.name {
      case "EventID": [.event]
      case "@Name" where steps.count == 1 || steps[steps.count - 2].name == "Provider": [.provider]
      default: EvaluationScope.pins(of: steps)
      }
    case .path(let steps): EvaluationScope.pins(of: steps)
    case .compare, .function, .text, .number, .unclear: []
    }
  }
}

/// The context of a part of a query.
private struct EvaluationScope {
  struct Pins: OptionSet {
    let rawValue: Int
    static let event = Pins(rawValue: 1)
    static let provider = Pins(rawValue: 2)
  }

  /// What is tested next to it.
  var pins: Pins = []
  /// The data item being tested, with its index.
  var datum: (name: String, index: Int?)?

  static func pins(of steps: some Sequence<EventQuery.Step>) -> Pins {
    // The `@Name` of data isn't a provider's name.
    steps.filter { $0.name != "Data" }.flatMap(\.predicates).reduce([]) { $0.union($1.pins) }
  }
}

private struct Evaluator {
  let queried: QueriedEvent
  let channel: String
  var readsData = true
  var doubts = QueryDoubts()

  mutating func evaluate(_ query: EventQuery, in element: EventElement, _ scope: EvaluationScope) -> Predicate {
    switch query {
    case .any(let parts):
      return .disjunction(each(parts) { evaluate, part in evaluate.evaluate(part, in: element, scope) })
    case .all(let parts): return all(parts, in: element, scope)
    case .path(let steps): return path(steps[...], of: query, in: element, scope, then: nil)
    case .compare(.path(let steps), let comparison, let value):
      return path(steps[...], of: query, in: element, scope, then: (comparison, value))
    case .compare(let value, let comparison, .path(let steps)):
      return path(steps[...], of: query, in: element, scope, then: (comparison.mirrored, value))
    case .compare(.unclear, _, _), .compare(_, _, .unclear): return .opaque(query.words)
    case .compare(let left, let comparison, let right):
      return compareFunction(left, comparison, right, of: query, in: element, scope)
        ?? compareFunction(right, comparison.mirrored, left, of: query, in: element, scope) ?? unknown(query)
    case .number(let text):
      guard scope.datum != nil else { return unknown(query) }
      return position(.equal, text, scope) ?? unknown(query)
    case .function, .text: return unknown(query)
    case .unclear(let text): return .opaque(text)
    }
  }

  private mutating func each(
    _ parts: [EventQuery], _ body: (inout Evaluator, EventQuery) -> Predicate
  ) -> [Predicate] {
    var result: [Predicate] = []
    for part in parts { result.append(body(&self, part)) }
    return result
  }

  /// The predicate of all of these, each in the context of the others.
  private mutating func all(
    _ parts: [EventQuery], in element: EventElement, _ scope: EvaluationScope
  ) -> Predicate {
    var scope = scope
    for part in parts { scope.pins.formUnion(part.pins) }
    return .conjunction(each(parts) { $0.evaluate($1, in: element, scope) })
  }

  /// - Parameters:
  ///   - what: what isn't known, in words; nil if the text of this part of the query says it best.
  ///   - offset: its offset; nil for the start of the part.
  private mutating func unknown(_ query: EventQuery, _ what: String? = nil, at offset: Int? = nil) -> Predicate {
    doubts.add(.unknown(what ?? "what '\(query.words.shortened)' selects"), at: offset ?? query.offset ?? 0)
    return .opaque(query.words)
  }

  // MARK: Paths

  private typealias Asked = (comparison: EventQuery.Comparison, value: EventQuery)

  /// - Parameters:
  ///   - query: the query that contains the path.
  ///   - asked: the test on the element at the end of the path; nil if it only needs to exist.
  private mutating func path(
    _ steps: ArraySlice<EventQuery.Step>, of query: EventQuery, in element: EventElement, _ scope: EvaluationScope,
    then asked: Asked?
  ) -> Predicate {
    var (scope, element) = (scope, element)
    scope.pins.formUnion(EvaluationScope.pins(of: steps))
    var parts: [Predicate] = []
    for (index, step) in zip(steps.indices, steps) {
      guard let next = element.step(to: step.name) else {
        // In `Data`, that attribute is the data item's name.
        doubts.add(.element(step.name, in: element), at: step.offset)
        return .never
      }
      if next == .data, step.name != "." {
        return .conjunction(parts + [data(steps[index...], of: query, scope, then: asked)])
      }
      if element == .data, step.name != "." {
        return .conjunction(parts + [attribute(step, of: query, scope, then: asked)])
      }
      parts.append(all(step.predicates, in: next, scope))
      element = next
    }
    let last = steps.last
    let isFiltered = last.map { !$0.predicates.isEmpty } ?? false
    return .conjunction(
      parts + [end(of: query, at: element, scope, offset: last?.offset ?? 0, asked, isFiltered: isFiltered)])
  }

  /// The end of a path.
  private mutating func end(
    of query: EventQuery, at element: EventElement, _ scope: EvaluationScope, offset: Int, _ asked: Asked?,
    isFiltered: Bool
  ) -> Predicate {
    guard let asked else { return isFiltered ? .always : exists(element, query, scope, offset) }
    switch element {
    case .property(let name): return property(name, asked, query, scope, offset)
    case .attribute(let name, let owner): return attribute(name, of: owner, asked, query, scope, offset)
    case .data:
      guard let datum = scope.datum, let text = asked.value.value else { return unknown(query) }
      return test(of: datum.name, asked.comparison, text, isNumber: asked.value.isNumber)
    case .userElement(let name):
      guard let text = asked.value.value, queried.fields?.contains(name) ?? true, name != "*" else {
        return unknown(query, "what '\(name)' is in an event", at: offset)
      }
      if queried.fields != nil { doubts.answer(at: offset) }
      return test(of: name, asked.comparison, text, isNumber: asked.value.isNumber)
    case .root, .event, .system, .eventData, .userData, .unclear:
      return unknown(query, "what \(element.words) holds", at: offset)
    }
  }

  private mutating func exists(
    _ element: EventElement, _ query: EventQuery, _ scope: EvaluationScope, _ offset: Int
  ) -> Predicate {
    switch element {
    case .root, .event, .system, .property: return .always
    case .attribute("Name", "Provider"), .attribute("SystemTime", "TimeCreated"): return .always
    case .data: return .always
    case .userElement(let name) where queried.fields?.contains(name) ?? false: return .always
    case .attribute, .eventData, .userData, .userElement, .unclear:
      return unknown(query, "which events have \(element.words)", at: offset)
    }
  }

  // MARK: Data

  /// Data are identified by name and index; the test must succeed for one of them.
  private mutating func data(
    _ steps: ArraySlice<EventQuery.Step>, of query: EventQuery, _ scope: EvaluationScope, then asked: Asked?
  ) -> Predicate {
    guard readsData, let step = steps.first else { return .opaque(query.words) }
    var names = queried.fields.map { $0.enumerated().map { (name: $0.element, index: Optional($0.offset)) } }
    let wanted = step.predicates.flatMap(\.dataNames)
    if names == nil, !wanted.isEmpty { names = wanted.map { (name: $0.name, index: nil) } }
    for (name, offset) in wanted {
      if let fields = queried.fields {
        if fields.contains(name) { doubts.answer(at: offset) } else { doubts.add(.data(name), at: offset) }
      } else {
        doubts.add(.unknownData(name), at: offset)
      }
    }
    guard let names else { return unknown(query, "which data an event has", at: step.offset) }
    doubts.answer(at: step.offset)
    let rest = steps.dropFirst()
    var ways: [Predicate] = []
    for datum in names {
      var scope = scope
      scope.datum = datum
      let conditions = all(step.predicates, in: .data, scope)
      if conditions.isNever { continue }
      let last =
        rest.isEmpty
        ? end(of: query, at: .data, scope, offset: step.offset, asked, isFiltered: false)
        : path(rest, of: query, in: .data, scope, then: asked)
      // If nothing is known about an event, whether it has the data item is a separate test.
      let isThere = queried.fields == nil && asked == nil ? exists(datum.name) : .always
      ways.append(.conjunction([conditions, last, isThere]))
    }
    return .disjunction(ways)
  }

  /// The `@Name` of a data item.
  private mutating func attribute(
    _ step: EventQuery.Step, of query: EventQuery, _ scope: EvaluationScope, then asked: Asked?
  ) -> Predicate {
    guard step.name == "@Name", let datum = scope.datum, case (let comparison, .text(let name))? = asked else {
      return unknown(query)
    }
    switch comparison {
    case .equal: return datum.name == name ? .always : .never
    case .unequal: return datum.name == name ? .never : .always
    default: return unknown(query)
    }
  }

  private func position(_ comparison: EventQuery.Comparison, _ text: String, _ scope: EvaluationScope) -> Predicate? {
    guard let index = scope.datum?.index, let number = Int(text) else { return nil }
    return comparison.holds(index + 1, number) ? .always : .never
  }

  private func exists(_ field: String) -> Predicate { .test(Test(field: field, kind: .exists, value: "true")) }

  private func test(of field: String, _ comparison: EventQuery.Comparison, _ text: String, isNumber: Bool) -> Predicate
  {
    let modifiers: TestModifiers = isNumber ? [] : .cased
    func test(_ kind: TestKind) -> Predicate {
      .test(Test(field: field, kind: kind, value: text, modifiers: modifiers))
    }
    switch comparison {
    case .equal: return test(.eq)
    // An event without the field has no value that differs.
    case .unequal: return .all([exists(field), .not(test(.eq))])
    case .less: return test(.lt)
    case .atMost: return test(.lte)
    case .greater: return test(.gt)
    case .atLeast: return test(.gte)
    }
  }

  // MARK: System

  private mutating func property(
    _ name: String, _ asked: Asked, _ query: EventQuery, _ scope: EvaluationScope, _ offset: Int
  ) -> Predicate {
    switch name {
    case "EventID":
      guard let wanted = asked.value.integer else { return unknown(query, "which event id this is", at: offset) }
      guard let number = Int(queried.name) else { return .opaque(query.words) }
      return asked.comparison.holds(number, wanted) ? .always : .never
    case "Channel":
      guard case .text(let text) = asked.value else { return unknown(query, "which channel this is", at: offset) }
      switch asked.comparison {
      case .equal: return lowercasedASCII(text) == channel ? .always : .never
      case .unequal: return lowercasedASCII(text) == channel ? .never : .always
      default: return unknown(query, "which channels these are", at: offset)
      }
    case "Level", "Task", "Opcode", "Version":
      if scope.pins.contains(.event) { return .always }
      return unknown(query, "which events have that \(lowercasedASCII(name))", at: offset)
    case "Computer":
      guard case .text(let text) = asked.value else { return unknown(query, "which computer this is", at: offset) }
      return test(of: "Computer", asked.comparison, text, isNumber: false)
    default: return unknown(query, "which events have that \(name)", at: offset)
    }
  }

  private mutating func attribute(
    _ name: String, of owner: String, _ asked: Asked, _ query: EventQuery, _ scope: EvaluationScope, _ offset: Int
  ) -> Predicate {
    switch (owner, name) {
    case ("Provider", "Name"):
      guard case .text(let text) = asked.value, [.equal, .unequal].contains(asked.comparison) else {
        return unknown(query, "which provider this is", at: offset)
      }
      let known = queried.map.provider(named: text)
      if known == nil { doubts.add(.provider(text), at: offset) }
      let isSame = lowercasedASCII(known?.name ?? text) == lowercasedASCII(queried.provider)
      return isSame == (asked.comparison == .equal) ? .always : .never
    case ("Provider", "Guid") where scope.pins.contains(.provider),
      ("Provider", "EventSourceName") where scope.pins.contains(.provider),
      ("EventID", "Qualifiers") where scope.pins.contains(.event):
      return .always
    case ("TimeCreated", "SystemTime") where asked.comparison == .greater || asked.comparison == .atLeast:
      return .always
    case ("TimeCreated", _): return unknown(query, "what comes after that time", at: offset)
    case ("Provider", "Guid"): return unknown(query, "which provider has that GUID", at: offset)
    default: return unknown(query, "which events have that '@\(name)' of '\(owner)'", at: offset)
    }
  }

  /// `band(Keywords, …)`, `timediff(@SystemTime) <= …` and `position() = …`.
  private mutating func compareFunction(
    _ function: EventQuery, _ comparison: EventQuery.Comparison, _ value: EventQuery, of query: EventQuery,
    in element: EventElement, _ scope: EvaluationScope
  ) -> Predicate? {
    guard case .function(let name, _) = function else { return nil }
    switch (name, value) {
    case ("position", .number(let text)) where scope.datum != nil: return position(comparison, text, scope)
    // An event is forwarded when it is new.
    case ("timediff", _): return value.integer.map { comparison.holds(0, $0) ? .always : .never }
    default: return nil
    }
  }
}

extension EventQuery {
  /// The names of the data being tested, where one of them suffices, with their offsets.
  fileprivate var dataNames: [(name: String, offset: Int)] {
    switch self {
    case .compare(.path(let steps), .equal, .text(let name)) where steps.map(\.name) == ["@Name"],
      .compare(.text(let name), .equal, .path(let steps)) where steps.map(\.name) == ["@Name"]:
      [(name, steps[0].offset)]
    case .any(let parts), .all(let parts): parts.flatMap(\.dataNames)
    default: []
    }
  }

  /// The number of a literal, decimal or hexadecimal.
  fileprivate var integer: Int? {
    guard let value else { return nil }
    return value.hasPrefix("0x") || value.hasPrefix("0X") ? Int(value.dropFirst(2), radix: 16) : Int(value)
  }
}

extension EventQuery.Comparison {
  fileprivate func holds(_ left: Int, _ right: Int) -> Bool {
    switch self {
    case .equal: left == right
    case .unequal: left != right
    case .less: left < right
    case .atMost: left <= right
    case .greater: left > right
    case .atLeast: left >= right
    }
  }
}
