import Diagnostics

/// The individual TAL statements.
extension Compiler {
  // MARK: define and repeat

  /// Adds the variable to the scope even after an error, so that its uses aren't reported as well.
  mutating func define(
    _ name: String, _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) {
    var variable = Scope.Variable(name: name, type: nil, isRepeated: false, origin: nil)
    if let value = resolve(path, attribute, in: &context) {
      if case .model(let type) = value.kind {
        context.emitter.emit(.push(value.slot))
        variable.type = type
        variable.origin = value.origin
      } else {
        reportKind(value, path, attribute, due: "a model")
      }
    }
    context.scope.variables.append(variable)
  }

  /// Defines the variable as ``define(_:_:_:in:)`` does. What follows is repeated up to the end of the loop.
  mutating func openLoop(
    _ name: String, _ path: PathExpression, _ attribute: StatementAttribute, in context: inout Context
  ) -> Int? {
    var variable = Scope.Variable(name: name, type: nil, isRepeated: true, origin: nil)
    var loop: Int?
    if let value = resolve(path, attribute, in: &context) {
      if case .list(let type) = value.kind {
        loop = context.emitter.open(.loop(value.slot, end: 0))
        variable.type = type
        variable.origin = value.origin
      } else {
        reportKind(value, path, attribute, due: "a list")
      }
    }
    context.scope.variables.append(variable)
    return loop
  }

  // MARK: condition

  /// Emits a jump that is taken if the condition doesn't hold.
  ///
  /// - Returns: the jump, to be closed at its target.
  mutating func jump(
    unless expression: Expression, _ attribute: StatementAttribute, in context: inout Context
  ) -> Int? {
    var (expression, holds) = (expression, true)
    while case .not(let inner) = expression { (expression, holds) = (inner, !holds) }
    guard case .path(let path) = expression else {
      report(attribute, 0, "a condition is expected here; write a path, or 'not:' and a path")
      return nil
    }
    return resolve(path, attribute, in: &context).map { value in
      context.emitter.open(.jump(when: !holds, value.slot, target: 0))
    }
  }

  // MARK: content and replace

  mutating func write(_ expression: Expression, _ attribute: StatementAttribute, in context: inout Context) {
    switch expression {
    case .nothing: break
    case .not: report(attribute, 0, "'not:' gives a flag where a text is expected; use it in 'tal:condition'")
    case .string(let parts):
      for part in parts {
        switch part {
        case .text(let text): context.emitter.emit(text: text)
        case .path(let path):
          if let slot = textSlot(path, attribute, in: &context) { context.emitter.emit(.text(slot)) }
        }
      }
    case .path(let path):
      guard let value = resolve(path, attribute, in: &context) else { return }
      if case .fragment = value.kind {
        context.emitter.emit(.fragment(value.slot))
      } else if let slot = textSlot(of: value, path, attribute) {
        context.emitter.emit(.text(slot))
      }
    }
  }

  // MARK: attributes

  /// The template's attributes in order, with bound ones in place, followed by those that are only bound.
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
    switch binding.expression {
    case .nothing: break
    case .not: bindFlag(binding, in: &context)
    case .string(let parts):
      let isFixed = parts.allSatisfy { if case .text = $0 { true } else { false } }
      guard isFixed || !binding.takesAddress else {
        report(
          binding.attribute, binding.offset,
          "'\(binding.name)' takes an address, and only a link can be bound to it; use a link of the model")
        return
      }
      context.emitter.emit(markup: " \(binding.name)=\"")
      for part in parts {
        switch part {
        case .text(let text): context.emitter.emit(attributeText: text)
        case .path(let path):
          if let slot = textSlot(path, binding.attribute, in: &context) { context.emitter.emit(.attributeText(slot)) }
        }
      }
      context.emitter.emit(markup: "\"")
    case .path(let path):
      guard let value = resolve(path, binding.attribute, in: &context) else { return }
      switch value.kind {
      case .flag: bindFlag(binding, in: &context)
      case .text where binding.takesAddress, .number where binding.takesAddress:
        report(
          binding.attribute, path.offset,
          """
          '\(path.description)' is \(value.kind.name), and only a link can be bound to '\(binding.name)'; \
          use a link of the model
          """)
      default:
        guard let slot = textSlot(of: value, path, binding.attribute) else { return }
        context.emitter.emit(.attribute(context.emitter.store(Array(" \(binding.name)=\"".utf8)), slot))
      }
    }
  }

  /// A boolean attribute such as `hidden`, which is either present or absent.
  private mutating func bindFlag(_ binding: Statements.Binding, in context: inout Context) {
    guard HTMLVocabulary.booleanAttributes.contains(binding.name) else {
      report(
        binding.attribute, binding.offset,
        """
        a flag can't be the value of '\(binding.name)'; bind a text, or an attribute that is there or not, \
        such as 'hidden'
        """)
      return
    }
    let jump = jump(unless: binding.expression, binding.attribute, in: &context)
    context.emitter.emit(markup: " \(binding.name)=\"\(binding.name)\"")
    context.emitter.close(jump)
  }
}
