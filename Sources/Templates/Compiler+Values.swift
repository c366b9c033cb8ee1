import Diagnostics

/// Paths, and what may stand where.
extension Compiler {
  /// What a path leads to.
  private struct Value {
    var slot: Slot
    var kind: MemberKind
    /// The variable of the program's start that it lies below, if it lies below one.
    var origin: String?
    /// Whether the path has a step.
    var isBelow: Bool
  }

  private enum Resolved {
    case value(Value)
    case repetition(Slot, RepeatMember)
  }

  private mutating func resolve(
    _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) -> Resolved? {
    if path.segments[0] == "repeat" { return repetition(path, attribute, in: &context) }
    guard let index = context.scope.index(of: path.segments[0]) else {
      let names = context.scope.visible.map(\.variable.name)
      report(attribute, path.offset, "no variable is named '\(path.segments[0])' here; \(advice(for: path.segments[0], among: names))")
      return nil
    }
    let variable = context.scope.variables[index]
    var kind = MemberKind.model(variable.type)
    var members: [Int] = []
    for (place, segment) in path.segments.enumerated().dropFirst() {
      let before = path.segments[..<place].joined(separator: "/")
      guard case .model(let type) = kind else {
        let remedy = if case .list = kind { "repeat over it and use the item" } else { "end the path there" }
        report(attribute, path.offset(ofSegment: place), "'\(before)' is \(kind.name), which has no members; \(remedy)")
        return nil
      }
      guard let member = type.member(named: segment) else {
        report(
          attribute, path.offset(ofSegment: place),
          "'\(before)' has no member '\(segment)'; \(advice(for: segment, among: type.memberNames))")
        return nil
      }
      members.append(member.index)
      kind = member.kind
    }
    var member = Slot.Member.itself
    if let last = members.popLast() {
      if case .link = kind { member = .link(last) } else { member = .member(last) }
    }
    let slot = Slot(variable: index, steps: context.emitter.store(steps: members), member: member)
    return .value(
      Value(slot: slot, kind: kind, origin: variable.origin, isBelow: variable.isBelow || path.segments.count > 1))
  }

  private mutating func repetition(
    _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) -> Resolved? {
    let repeated = context.scope.visible.filter(\.variable.isRepeated).map(\.variable.name)
    guard path.segments.count == 3 else {
      report(attribute, path.offset, "'\(path.description)' is no path of a repetition; write one such as 'repeat/\(repeated.last ?? "item")/number'")
      return nil
    }
    guard let index = context.scope.index(of: path.segments[1]), context.scope.variables[index].isRepeated else {
      report(attribute, path.offset(ofSegment: 1), "'\(path.segments[1])' is not repeated here; \(advice(for: path.segments[1], among: repeated))")
      return nil
    }
    guard let member = RepeatMember(rawValue: path.segments[2]) else {
      let known = RepeatMember.allCases.map(\.rawValue)
      report(attribute, path.offset(ofSegment: 2), "a repetition has no '\(path.segments[2])'; \(advice(for: path.segments[2], among: known))")
      return nil
    }
    return .repetition(Slot(variable: index, steps: 0..<0, member: .repetition(member)), member)
  }

  // MARK: Models and lists

  mutating func define(
    _ name: String, _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) {
    guard let resolved = resolve(path, attribute, in: &context) else { return }
    guard case .value(let value) = resolved, case .model(let type) = value.kind else {
      reportKind(resolved, path, attribute, due: "a model")
      return
    }
    context.emitter.emit(.push(value.slot))
    context.scope.variables.append(
      Scope.Variable(name: name, type: type, isRepeated: false, origin: value.origin, isBelow: value.isBelow))
  }

  mutating func list(
    _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) -> (slot: Slot, type: any TemplateModel.Type, origin: String?)? {
    guard let resolved = resolve(path, attribute, in: &context) else { return nil }
    guard case .value(let value) = resolved, case .list(let type) = value.kind else {
      reportKind(resolved, path, attribute, due: "a list")
      return nil
    }
    return (value.slot, type, value.origin)
  }

  private mutating func reportKind(
    _ resolved: Resolved, _ path: PathExpression, _ attribute: StatementAttribute, due: String
  ) {
    let name =
      switch resolved {
      case .value(let value): value.kind.name
      case .repetition(_, let member): member.isFlag ? "a flag" : "a number"
      }
    report(attribute, path.offset, "'\(path.description)' is \(name) where \(due) is due; name \(due)")
  }

  // MARK: Conditions

  /// Emits a jump for when the condition doesn't hold.
  ///
  /// - Returns: the operations to close where it leads to.
  mutating func jump(unless expression: Expression, _ attribute: StatementAttribute, in context: inout Context) -> [Int] {
    var (expression, holds) = (expression, true)
    while case .not(let inner) = expression { (expression, holds) = (inner, !holds) }
    guard case .path(let path) = expression else {
      report(attribute, 0, "a condition is due here; write a path or 'not:' and a path")
      return []
    }
    switch resolve(path, attribute, in: &context) {
    case nil: return []
    case .value(let value): return [context.emitter.open(.jump(when: !holds, value.slot, target: 0))]
    case .repetition(let slot, _): return [context.emitter.open(.jump(when: !holds, slot, target: 0))]
    }
  }

  // MARK: Content

  mutating func write(_ expression: Expression, _ attribute: StatementAttribute, in context: inout Context) {
    switch expression {
    case .nothing: break
    case .not: report(attribute, 0, "'not:' gives a flag where a text is due; use it in 'tal:condition'")
    case .string(let parts):
      for part in parts {
        switch part {
        case .text(let text): context.emitter.emit(text: text)
        case .path(let path):
          if let slot = textSlot(path, attribute, in: &context) { context.emitter.emit(.text(slot)) }
        }
      }
    case .path(let path):
      guard let resolved = resolve(path, attribute, in: &context) else { return }
      if case .value(let value) = resolved, case .fragment = value.kind {
        context.emitter.emit(.fragment(value.slot))
      } else if let slot = textSlot(resolved, path, attribute) {
        context.emitter.emit(.text(slot))
      }
    }
  }

  private mutating func textSlot(
    _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) -> Slot? {
    resolve(path, attribute, in: &context).flatMap { textSlot($0, path, attribute) }
  }

  private mutating func textSlot(
    _ resolved: Resolved, _ path: PathExpression, _ attribute: StatementAttribute
  ) -> Slot? {
    switch resolved {
    case .value(let value):
      switch value.kind {
      case .text, .link: return value.slot
      case .flag, .fragment, .model, .list: break
      }
    case .repetition(let slot, let member):
      if !member.isFlag { return slot }
    }
    reportKind(resolved, path, attribute, due: "a text")
    return nil
  }

  // MARK: Attributes

  /// Those of the template in its order, bound ones in their place, and then those that are only bound.
  mutating func compileAttributes(of element: TemplateElement, in context: inout Context) {
    var bindings = element.statements.attributes
    for (name, value) in element.attributes {
      if let index = bindings.firstIndex(where: { $0.name == name }) {
        bind(bindings.remove(at: index), in: &context)
      } else {
        context.emitter.emit(markup: " \(name)=\"")
        context.emitter.emit(attributeText: value)
        context.emitter.emit(markup: "\"")
      }
    }
    for binding in bindings { bind(binding, in: &context) }
  }

  private mutating func bind(_ binding: Statements.Binding, in context: inout Context) {
    let name = binding.name
    let takesAddress = HTMLVocabulary.addressAttributes.contains(name.lowercased())
    switch binding.expression {
    case .nothing: break
    case .not: bindFlag(binding, in: &context)
    case .string(let parts):
      let isStatic = parts.allSatisfy { if case .text = $0 { true } else { false } }
      guard !takesAddress || isStatic else {
        report(binding.attribute, binding.offset, "'\(name)' takes an address, and only a link can be bound to it; add a link to the model")
        return
      }
      context.emitter.emit(markup: " \(name)=\"")
      for part in parts {
        switch part {
        case .text(let text): context.emitter.emit(attributeText: text)
        case .path(let path):
          if let slot = textSlot(path, binding.attribute, in: &context) { context.emitter.emit(.attributeText(slot)) }
        }
      }
      context.emitter.emit(markup: "\"")
    case .path(let path):
      guard let resolved = resolve(path, binding.attribute, in: &context) else { return }
      if case .value(let value) = resolved {
        switch value.kind {
        case .flag:
          bindFlag(binding, in: &context)
          return
        case .text where takesAddress:
          report(
            binding.attribute, path.offset,
            "'\(path.description)' is a text, and only a link can be bound to '\(name)'; make it a link in the model")
          return
        default: break
        }
      }
      guard let slot = textSlot(resolved, path, binding.attribute) else { return }
      context.emitter.emit(.attribute(context.emitter.store(Array(" \(name)=\"".utf8)), slot))
    }
  }

  /// An attribute such as `hidden`, which is there or not.
  private mutating func bindFlag(_ binding: Statements.Binding, in context: inout Context) {
    guard HTMLVocabulary.booleanAttributes.contains(binding.name) else {
      report(
        binding.attribute, binding.offset,
        "a flag can't be the value of '\(binding.name)'; bind a text, or an attribute that is there or not, such as 'hidden'")
      return
    }
    let jumps = jump(unless: binding.expression, binding.attribute, in: &context)
    context.emitter.emit(markup: " \(binding.name)=\"\(binding.name)\"")
    for index in jumps { context.emitter.close(index) }
  }
}
