import Events
import RuleModel

/// One kind of event, as far as a query can know it beforehand.
struct QueriedEvent {
  let name: String
  /// In lower case.
  let provider: String
  /// The channels that the provider writes to, in lower case.
  let channels: [String]
  /// Its data fields, in their order; nil where they aren't known.
  let fields: [String]?

  init(_ event: Event, in map: EventMap) {
    name = event.name
    provider = lowercasedASCII(event.provider)
    channels = map.provider(named: event.provider)?.channels.map(lowercasedASCII) ?? []
    fields = map.fields(of: event)
  }
}

extension EventQuery {
  /// What is left of the query once provider and event are known: a predicate over the event's data fields.
  ///
  /// - The time doesn't count: what is forwarded is forwarded as it comes.
  /// - Level, task, opcode and version belong to the kind of event and are not in the event map. Where the query names the
  ///   event's id, they are taken to be that event's; else whether they are can't be told, and what is left is opaque.
  /// - Text compares with regard to case, as the event log does.
  func predicate(for event: QueriedEvent) -> Predicate {
    let namesEvent = self.namesEvent
    return Evaluator(queried: event, namesEvent: namesEvent).evaluate(self, in: [])
  }

  /// Whether an event id is asked for anywhere.
  private var namesEvent: Bool {
    switch self {
    case .any(let parts), .all(let parts), .function(_, let parts): parts.contains(where: \.namesEvent)
    case .not(let part): part.namesEvent
    case .compare(let left, _, let right): left.namesEvent || right.namesEvent
    case .path(let steps):
      steps.contains { $0.name == "EventID" || $0.predicates.contains(where: \.namesEvent) }
    case .text, .number: false
    }
  }
}

private struct Evaluator {
  let queried: QueriedEvent
  let namesEvent: Bool

  /// - Parameter context: the elements that we stand in, from the event down: `System`, `EventData`, `Data`.
  func evaluate(_ query: EventQuery, in context: [String]) -> Predicate {
    switch query {
    case .any(let parts): .disjunction(parts.map { evaluate($0, in: context) })
    case .all(let parts): .conjunction(parts.map { evaluate($0, in: context) })
    case .not(let part): .negation(evaluate(part, in: context))
    case .path(let steps): path(steps, in: context)
    case .compare(.path(let steps), let comparison, let value):
      path(steps, in: context) { compare($0, comparison, value) }
    case .compare(let value, let comparison, .path(let steps)):
      path(steps, in: context) { compare($0, comparison.mirrored, value) }
    case .compare(let left, let comparison, let right):
      compareFunction(left, comparison, right) ?? compareFunction(right, comparison.mirrored, left)
        ?? .opaque(query.words)
    case .function, .text, .number: .opaque(query.words)
    }
  }

  /// Where a path ends: the names of the elements, and, for data, which fields are meant.
  private struct Place {
    var names: [String]
    /// The fields of `Data[@Name='…']`, any of them; nil for an element that isn't named so.
    var fields: [String]?
    var query: EventQuery

    var last: String { names.last ?? "" }
    var isSystem: Bool { names.first == "System" }
  }

  /// - Parameter comparison: what is asked of the element where the path ends; nil where it need only be there.
  private func path(
    _ steps: [EventQuery.Step], in context: [String], then comparison: ((Place) -> Predicate)? = nil
  ) -> Predicate {
    var place = Place(names: context, query: .path(steps))
    var conditions: [Predicate] = []
    for step in steps {
      // The event itself: `*[…]`, `Event[…]`, `.`.
      let isEvent = place.names.isEmpty && (step.name == "*" || step.name == "Event") || step.name == "."
      if !isEvent { place.names.append(step.name) }
      for predicate in step.predicates {
        if step.name == "Data", let fields = fields(of: predicate) {
          place.fields = fields
        } else {
          conditions.append(evaluate(predicate, in: place.names))
        }
      }
    }
    if let comparison {
      conditions.append(comparison(place))
    } else if conditions.isEmpty {
      conditions.append(exists(place))
    }
    return .conjunction(conditions)
  }

  /// The fields that `[@Name='A']`, `[@Name='A' or @Name='B']` or `[1]` names.
  private func fields(of predicate: EventQuery) -> [String]? {
    switch predicate {
    case .compare(.path(let steps), .equal, .text(let name)) where steps.map(\.name) == ["@Name"]: return [name]
    case .any(let parts):
      let names = parts.map(fields(of:))
      return names.contains(nil) ? nil : names.compactMap { $0 }.flatMap { $0 }
    case .number(let text): return position(text)
    case .compare(.function("position", _), .equal, .number(let text)): return position(text)
    default: return nil
    }
  }

  private func position(_ text: String) -> [String]? {
    guard let number = Int(text), let fields = queried.fields, fields.indices.contains(number - 1) else { return nil }
    return [fields[number - 1]]
  }

  // MARK: Leaves

  /// Every event is one, and has `System[…]`.
  private func exists(_ place: Place) -> Predicate {
    if place.names.isEmpty || place.isSystem { return .always }
    return fieldNames(of: place).map { names in
      .disjunction(names.map { .test(Test(field: $0, kind: .exists, value: "true")) })
    } ?? .always
  }

  private func compare(_ place: Place, _ comparison: EventQuery.Comparison, _ value: EventQuery) -> Predicate {
    let query = EventQuery.compare(place.query, comparison, value)
    if place.isSystem { return system(place, comparison, value, query) }
    guard let names = fieldNames(of: place), let text = value.value else { return .opaque(query.words) }
    return .disjunction(names.map { name in test(of: name, comparison, text, isNumber: value.isNumber) })
  }

  private func test(of field: String, _ comparison: EventQuery.Comparison, _ text: String, isNumber: Bool) -> Predicate
  {
    let modifiers: TestModifiers = isNumber ? [] : .cased
    func test(_ kind: TestKind) -> Predicate {
      .test(Test(field: field, kind: kind, value: text, modifiers: modifiers))
    }
    switch comparison {
    case .equal: return test(.eq)
    case .unequal:
      // An event without the field has nothing that differs.
      return .all([.test(Test(field: field, kind: .exists, value: "true")), .not(test(.eq))])
    case .less: return test(.lt)
    case .atMost: return test(.lte)
    case .greater: return test(.gt)
    case .atLeast: return test(.gte)
    }
  }

  /// nil where no field is named, as in `Data='x'`, which any datum may be.
  private func fieldNames(of place: Place) -> [String]? {
    if let fields = place.fields { return fields }
    if place.last == "Data" || place.last == "*" || place.last.hasPrefix("@") { return nil }
    return ["EventData", "UserData", "Event"].contains(place.last) ? nil : [place.last]
  }

  private func system(
    _ place: Place, _ comparison: EventQuery.Comparison, _ value: EventQuery, _ query: EventQuery
  ) -> Predicate {
    let name = place.names.dropFirst().joined(separator: "/")
    switch name {
    case "Provider/@Name":
      guard case .text(let text) = value else { return .opaque(query.words) }
      let isSame = lowercasedASCII(text) == queried.provider
      return isSame == (comparison == .equal) ? .always : .never
    case "EventID":
      guard let wanted = value.value.flatMap({ Int($0) }), let number = Int(queried.name) else {
        return .opaque(query.words)
      }
      return comparison.holds(number, wanted) ? .always : .never
    case "Level", "Task", "Opcode", "Version", "Channel", "Provider/@Guid", "EventID/@Qualifiers",
      "Provider/@EventSourceName":
      return namesEvent || name == "Channel" || name.hasPrefix("Provider") ? .always : .opaque(query.words)
    case "TimeCreated/@SystemTime": return .always
    case "Computer":
      guard case .text(let text) = value else { return .opaque(query.words) }
      return test(of: "Computer", comparison, text, isNumber: false)
    default: return .opaque(query.words)
    }
  }

  /// `band(Keywords, …)` and `timediff(@SystemTime) <= …`.
  private func compareFunction(
    _ function: EventQuery, _ comparison: EventQuery.Comparison, _ value: EventQuery
  ) -> Predicate? {
    guard case .function(let name, _) = function else { return nil }
    return name == "timediff" ? .always : .opaque(EventQuery.compare(function, comparison, value).words)
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
