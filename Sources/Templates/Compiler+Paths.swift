import Diagnostics

/// Resolving paths.
extension Compiler {
  /// The value that a path refers to.
  struct Value {
    var slot: Slot
    var kind: MemberKind
    var origin: Scope.Origin?
  }

  /// - Returns: nil if the path is invalid, which has been reported.
  mutating func resolve(
    _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) -> Value? {
    if path.segments[0] == "repeat" { return repetition(path, attribute, in: context.scope) }
    guard let index = context.scope.index(of: path.segments[0]) else {
      let names = context.scope.visible.map(\.variable.name)
      report(
        attribute, path.offset,
        "no variable is named '\(path.segments[0])' here; \(advice(for: path.segments[0], among: names))")
      return nil
    }
    let variable = context.scope.variables[index]
    // An unknown type has already been reported.
    guard let type = variable.type else { return nil }
    var kind = MemberKind.model(type)
    var members: [Int] = []
    for place in path.segments.indices.dropFirst() {
      guard let (index, next) = step(from: kind, to: place, of: path, attribute) else { return nil }
      members.append(index)
      kind = next
    }
    var member = Slot.Member.itself
    if let last = members.popLast() {
      if case .link = kind { member = .link(last) } else { member = .member(last) }
    }
    var origin = variable.origin
    if path.segments.count > 1 { origin?.isBelow = true }
    return Value(
      slot: Slot(variable: index, steps: context.emitter.store(steps: members), member: member), kind: kind,
      origin: origin)
  }

  private mutating func step(
    from kind: MemberKind, to place: Int, of path: PathExpression, _ attribute: StatementAttribute
  ) -> (index: Int, kind: MemberKind)? {
    let before = path.segments[..<place].joined(separator: "/")
    let name = path.segments[place]
    guard case .model(let type) = kind else {
      let remedy = if case .list = kind { "repeat over it and use the item" } else { "end the path there" }
      report(attribute, path.offset(ofSegment: place), "'\(before)' is \(kind.name), which has no members; \(remedy)")
      return nil
    }
    guard let member = type.member(named: name) else {
      report(
        attribute, path.offset(ofSegment: place),
        "'\(before)' has no member '\(name)'; \(advice(for: name, among: type.memberNames))")
      return nil
    }
    return member
  }

  /// Resolves `repeat/item/number` and the like.
  private mutating func repetition(
    _ path: PathExpression, _ attribute: StatementAttribute, in scope: Scope
  ) -> Value? {
    let repeated = scope.visible.filter(\.variable.isRepeated).map(\.variable.name)
    guard path.segments.count == 3 else {
      let example = "repeat/\(repeated.last ?? "item")/number"
      report(
        attribute, path.offset,
        "'\(path.description)' isn't a property of a repetition; write a path such as '\(example)'")
      return nil
    }
    guard let index = scope.index(of: path.segments[1]), scope.variables[index].isRepeated else {
      report(
        attribute, path.offset(ofSegment: 1),
        "'\(path.segments[1])' is not repeated here; \(advice(for: path.segments[1], among: repeated))")
      return nil
    }
    guard let member = RepeatMember(rawValue: path.segments[2]) else {
      let known = RepeatMember.allCases.map(\.rawValue)
      report(
        attribute, path.offset(ofSegment: 2),
        "a repetition has no '\(path.segments[2])'; \(advice(for: path.segments[2], among: known))")
      return nil
    }
    return Value(
      slot: Slot(variable: index, steps: 0..<0, member: .repetition(member)), kind: member.isFlag ? .flag : .number,
      origin: nil)
  }

  mutating func reportKind(
    _ value: Value, _ path: PathExpression, _ attribute: StatementAttribute, due: String
  ) {
    report(attribute, path.offset, "'\(path.description)' is \(value.kind.name) where \(due) is expected; name \(due)")
  }

  /// The slot of a value that can be written as text.
  mutating func textSlot(
    _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) -> Slot? {
    resolve(path, attribute, in: &context).flatMap { textSlot(of: $0, path, attribute) }
  }

  mutating func textSlot(of value: Value, _ path: PathExpression, _ attribute: StatementAttribute) -> Slot? {
    switch value.kind {
    case .text, .link, .number: return value.slot
    case .flag, .fragment, .model, .list:
      reportKind(value, path, attribute, due: "a text")
      return nil
    }
  }
}
