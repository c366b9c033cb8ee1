import RuleModel

/// The variables of a rule: those of events, and those that represent values.
struct YARALVariables {
  /// In text order, with their `$`.
  private(set) var events: [String] = []
  /// What each name means in conditions.
  private(set) var bindings: [String: ExpressionLowering.Binding] = [:]
  /// Variables whose values are worked out.
  private(set) var computed = ComputedNames()
  /// The events whose fields a variable represents, or is worked out from.
  private var owners: [String: Set<String>] = [:]
  /// The stage of each event, if each has one.
  var stages: [String: Int] = [:]
  /// Whether each event that the condition names must happen; false if it must not.
  var polarity: [String: Bool] = [:]

  // MARK: Finding variables

  /// The variables with fields: `$e.principal.ip`.
  mutating func readEvents(_ conditions: [Expression], in bytes: [UInt8]) {
    for condition in conditions {
      condition.forEachName(bytes) { name, hasParts in
        guard hasParts, name.hasPrefix("$"), bindings[name] == nil else { return }
        bindings[name] = .record
        events.append(name)
      }
    }
  }

  /// `$e.principal.ip = $ip` makes `$ip` the field's value.
  mutating func readPlaceholders(_ conditions: [Expression], with lowering: ExpressionLowering) {
    var aliases: [(String, String)] = []
    var lowering = lowering
    lowering.bindings = bindings
    for condition in conditions {
      condition.forEachEquality { left, right in
        let (first, second) = (placeholder(left, lowering), placeholder(right, lowering))
        switch (first, second) {
        case (let name?, nil): define(name, as: right, lowering)
        case (nil, let name?): define(name, as: left, lowering)
        case (let name?, let other?): aliases.append((name, other))
        case (nil, nil): break
        }
      }
    }
    for (name, other) in aliases + aliases.reversed() {
      if bindings[name] == nil, let known = bindings[other] { copy(known, to: name, from: other) }
      if bindings[other] == nil, let known = bindings[name] { copy(known, to: other, from: name) }
    }
    for condition in conditions {
      condition.forEachName(lowering.values.bytes) { name, hasParts in
        guard name.hasPrefix("$"), bindings[name] == nil else { return }
        compute(name)
      }
    }
  }

  /// `$count = count($e.metadata.id)`
  ///
  /// - Parameter assignments: in their order: each may use the variables of those before it.
  mutating func readOutcomes(_ assignments: [Expression], with lowering: ExpressionLowering) {
    var lowering = lowering
    // Only one holds the variables at a time: each change would copy all of them otherwise.
    (lowering.bindings, bindings) = (bindings, [:])
    (lowering.computed, computed) = (computed, ComputedNames())
    for assignment in assignments {
      guard case .comparison(let left, let comparison, let right) = assignment.kind, comparison.kind == .eq,
        let name = placeholder(left, lowering)
      else { continue }
      let field = String(name.dropFirst())
      let isField = if case .field(let read) = lowering.operand(right) { !read.isComputed } else { false }
      lowering.bindings[name] = .variable(of: field)
      lowering.computed.define(field, isComputed: !isField)
    }
    (bindings, computed) = (lowering.bindings, lowering.computed)
  }

  /// The variable that a part is, unless it is an event's.
  private func placeholder(_ part: Expression, _ lowering: ExpressionLowering) -> String? {
    guard case .name = part.kind else { return nil }
    let name = lowering.values.source(part)
    return name.hasPrefix("$") && lowering.bindings[name] != .record ? name : nil
  }

  private mutating func define(_ name: String, as value: Expression, _ lowering: ExpressionLowering) {
    guard bindings[name] == nil else { return }
    switch lowering.operand(value) {
    case .field(let field):
      bindings[name] = .variable(of: field.name ?? "")
      owners[name] = field.owner.map { [$0] }
    // `$name = "x"` is a condition.
    case .value, .null: break
    case .time, .worked, .truth, .unknown:
      compute(name)
      let events = names(in: value, lowering.values.bytes)
      // What is worked out from so many events belongs to none of them.
      owners[name] = events.count > YARALVariables.maximalOwners ? nil : events
    }
  }

  private static let maximalOwners = 16

  private mutating func copy(_ binding: ExpressionLowering.Binding, to name: String, from other: String) {
    bindings[name] = binding
    owners[name] = owners[other]
  }

  private mutating func compute(_ name: String) {
    bindings[name] = .variable(of: String(name.dropFirst()))
    computed.define(String(name.dropFirst()), isComputed: true)
  }

  // MARK: Looking up

  /// The events that a condition is about; if it names none, those of its variables.
  func names(in condition: Expression, _ bytes: [UInt8]) -> Set<String> {
    var own: Set<String> = []
    var others: Set<String> = []
    condition.forEachName(bytes) { name, _ in
      if bindings[name] == .record { own.insert(name) } else if let events = owners[name] { others.formUnion(events) }
    }
    return own.isEmpty ? others : own
  }

  /// The name of a field that a variable represents, or its own.
  func fieldName(of variable: String) -> String {
    if case .variable(let field) = bindings[variable] { field } else { String(variable.drop { $0 == "$" }) }
  }
}

extension Expression {
  /// Visits the names in it, and passes whether parts follow.
  fileprivate func forEachName(_ bytes: [UInt8], _ body: (_ name: String, _ hasParts: Bool) -> Void) {
    func visit(_ part: Expression, hasParts: Bool = false) {
      switch part.kind {
      case .name: body(String(decoding: bytes[part.span], as: UTF8.self), hasParts)
      case .path(let base, let steps):
        visit(base, hasParts: true)
        for step in steps { if case .index(let index) = step { visit(index) } }
      case .list(let items), .infix(_, let items): for item in items { visit(item) }
      case .call(_, let arguments): for argument in arguments { visit(argument) }
      case .range(let lower, let upper, _, _):
        visit(lower)
        visit(upper)
      case .block(let inner), .prefix(_, let inner), .postfix(_, let inner): visit(inner)
      case .comparison(let left, _, let right):
        visit(left)
        visit(right)
      case .number, .text, .quotedName, .regex, .query, .literal, .unread: break
      }
    }
    visit(self)
  }

  /// Visits the sides of each `=`.
  fileprivate func forEachEquality(_ body: (Expression, Expression) -> Void) {
    switch kind {
    case .infix(.and, let parts), .infix(.or, let parts): for part in parts { part.forEachEquality(body) }
    case .prefix(.not, let part): part.forEachEquality(body)
    case .comparison(let left, let comparison, let right) where comparison.kind == .eq && !comparison.isNegated:
      body(left, right)
    default: break
    }
  }
}
