import RuleModel

/// Members, indices and calls.
extension PythonReader {
  /// The value at the end of a path.
  func follow(
    _ steps: ArraySlice<PythonExpression.Step>, from base: PythonExpression, in whole: PythonExpression,
    _ scope: inout Scope
  ) -> PythonValue {
    var value = evaluate(base, &scope)
    var steps = steps
    while let step = steps.popFirst() {
      guard spend() else { return .unknown }
      switch step {
      case .member(let name):
        if case .call(let arguments) = steps.first {
          steps.removeFirst()
          let call = Call(arguments: self.arguments(arguments, &scope), expressions: arguments, span: whole.span)
          value = method(name, of: value.plain, call, &scope)
        } else {
          value = member(name, of: value.plain, scope)
        }
      case .index(let index): value = item(evaluate(index, &scope), of: value.plain, whole.span, scope)
      case .slice: value = isUnknown(value) ? .unknown : .worked
      case .call(let arguments):
        let call = Call(arguments: self.arguments(arguments, &scope), expressions: arguments, span: whole.span)
        value = self.call(value, call, &scope)
      }
    }
    return value
  }

  /// A call's arguments.
  struct Call {
    var arguments: (values: [PythonValue], named: Variables)
    var expressions: [PythonExpression.Argument]
    /// The whole expression.
    var span: Range<Int>

    var first: PythonValue? { arguments.values.first?.plain }
    var second: PythonValue? { arguments.values.count > 1 ? arguments.values[1].plain : nil }

    /// By its place or its name.
    func value(_ place: Int, _ name: String) -> PythonValue? {
      (place < arguments.values.count ? arguments.values[place] : arguments.named[name])?.plain
    }
  }

  private func arguments(
    _ arguments: [PythonExpression.Argument], _ scope: inout Scope
  ) -> (values: [PythonValue], named: Variables) {
    var values: [PythonValue] = []
    var named: Variables = [:]
    for argument in arguments {
      let value = evaluate(argument.value, &scope)
      if let name = argument.name {
        named[name] = value
      } else if case .spread = argument.value.kind, case .list(let items) = value.plain {
        values += items.map(\.value)
      } else {
        values.append(value)
      }
    }
    return (values, named)
  }

  private func isUnknown(_ value: PythonValue) -> Bool { value.plain == .unknown }

  // MARK: Members and indices

  private func member(_ name: String, of value: PythonValue, _ scope: Scope) -> PythonValue {
    switch value {
    case .module(let module): return self.module(module).map { global(name, in: $0, scope) } ?? .unknown
    case .library(let library): return .library(library + "." + name)
    case .field where PythonLibrary.attributes.contains(name): return .worked
    case .worked, .truth, .found: return .worked
    case .cases(let cases, let otherwise):
      return mapped(cases, otherwise) { self.member(name, of: $0, scope) }
    case .alternatives(let values): return .alternatives(values.map { self.member(name, of: $0.plain, scope) })
    default: return .unknown
    }
  }

  private func mapped(
    _ cases: [PythonValue.Case], _ otherwise: PythonValue, _ change: (PythonValue) -> PythonValue
  ) -> PythonValue {
    let last = change(otherwise.plain)
    return cases.reversed().reduce(last) { PythonFlow.choice($1.condition, change($1.value.plain), $0) }
  }

  /// `value[index]`
  private func item(
    _ index: PythonValue, of value: PythonValue, _ span: Range<Int>, _ scope: Scope
  ) -> PythonValue {
    switch value {
    case .field: return value.part(index)
    case .dictionary: return looked(up: index.plain, in: value, standard: .none)
    case .list(let items):
      guard case .number(_, let number) = index.plain, value.isConstant || items.allSatisfy(\.condition.isAlways),
        let place = Int(exactly: number)
      else { return .worked }
      let wanted = place < 0 ? items.count + place : place
      return items.indices.contains(wanted) ? items[wanted].value : .worked
    case .cases(let cases, let otherwise):
      return mapped(cases, otherwise) { item(index, of: $0, span, scope) }
    case .alternatives(let values): return .alternatives(values.map { item(index, of: $0.plain, span, scope) })
    case .none: return .none
    case .unknown: return .unknown
    default: return .worked
    }
  }

  /// What a dictionary has for a key, which may be a field.
  private func looked(up key: PythonValue, in dictionary: PythonValue, standard: PythonValue) -> PythonValue {
    guard case .dictionary(let entries) = dictionary else { return .unknown }
    if key.isConstant {
      return entries.last { key.isEqual(to: $0.key) == true }?.value ?? standard
    }
    guard entries.count <= PythonReader.roundLimit else { return .worked }
    return .cases(
      entries.map { PythonValue.Case(condition: equal(key, $0.key.plain, nil), value: $0.value) }, otherwise: standard)
  }

  // MARK: Methods

  private func method(_ name: String, of value: PythonValue, _ call: Call, _ scope: inout Scope) -> PythonValue {
    let origin = (call.span, scope.module)
    switch value {
    case .module(let module):
      guard let found = self.module(module) else { return .unknown }
      return self.call(global(name, in: found, scope), call, &scope)
    case .library(let library): return self.library(library + "." + name, call, &scope)
    case .cases(let cases, let otherwise):
      var inner = scope
      return mapped(cases, otherwise) { method(name, of: $0, call, &inner) }
    case .alternatives(let values):
      var inner = scope
      return .alternatives(values.map { method(name, of: $0.plain, call, &inner) })
    case .regex(let pattern, let flags):
      guard PythonLibrary.searches.contains("re." + name), let text = call.first else { return .worked }
      return .found(matches(text, pattern, flags, origin))
    case .dictionary: return method(name, ofDictionary: value, call)
    case .worked, .found: return .worked
    case .truth: return .worked
    case .none:
      // What isn't there has no methods; a rule would fail.
      return .none
    default: break
    }
    if PythonLibrary.transparent.contains(name), call.arguments.values.isEmpty { return changed(value, name) }
    switch name {
    case "get":
      guard let key = call.first else { return .worked }
      return value.part(key, standard: call.value(1, "default") ?? .none)
    case "deep_get", "deep_walk":
      return path(value, call.arguments.values, call.arguments.named["default"]?.plain ?? .none)
    case "udm" where value == .event:
      guard case .text(let text) = call.first else { return .worked }
      return modelled(text, standard: call.value(1, "default") ?? .none, scope)
    case "startswith", "endswith":
      guard let argument = call.first else { return .unknown }
      return truthValue(ends(value, name == "startswith" ? .startsWith : .endsWith, argument, origin))
    case "intersection":
      return call.first.map { common(value, $0) } ?? .unknown
    case "isdisjoint":
      return call.first.map { negated(truth(of: common(value, $0), call.span, scope.module)) } ?? .unknown
    case "issubset":
      return call.first.map { truthValue(contains($0, value, origin)) } ?? .unknown
    case "issuperset":
      guard case .list(let items) = call.first else { return .worked }
      return truthValue(Predicate.conjunction(items.map { contains(value, $0.value.plain, origin) }).flat)
    case "union":
      return call.first.map { combined(value, "|", $0) } ?? .unknown
    case "keys": if case .field = value { return value }
    case "strip", "lstrip", "rstrip", "split", "join", "replace":
      if let known = known(name, value, call) { return known }
    case "__contains__": return call.first.map { truthValue(contains(value, $0, origin)) } ?? .unknown
    default: break
    }
    return PythonLibrary.worked.contains(name) && !isUnknown(value) ? .worked : .unknown
  }

  private func method(_ name: String, ofDictionary value: PythonValue, _ call: Call) -> PythonValue {
    guard case .dictionary(let entries) = value else { return .unknown }
    switch name {
    case "get":
      return call.first.map { looked(up: $0, in: value, standard: call.value(1, "default") ?? .none) } ?? .unknown
    case "keys": return .list(of: entries.map(\.key))
    case "values": return .list(of: entries.map(\.value))
    case "items": return .list(of: entries.map { .list(of: [$0.key, $0.value]) })
    case "copy": return value
    default: return .worked
    }
  }

  /// The result of a method of a text that is known; nil if it isn't.
  private func known(_ name: String, _ value: PythonValue, _ call: Call) -> PythonValue? {
    guard case .text(let text) = value else { return nil }
    switch (name, call.first, call.second) {
    case ("strip", nil, _):
      return .text(String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()))
    case ("split", .text(let separator), nil) where separator.count == 1:
      return .list(
        of: text.split(separator: Character(separator), omittingEmptySubsequences: false).map { .text(String($0)) })
    case ("split", nil, nil):
      return .list(of: text.split(whereSeparator: \.isWhitespace).map { .text(String($0)) })
    case ("join", .list(let items)?, nil):
      var texts: [String] = []
      for item in items {
        guard case .text(let part) = item.value, item.condition.isAlways else { return nil }
        texts.append(part)
      }
      guard texts.reduce(0, { $0 + $1.utf8.count + text.utf8.count }) <= PythonReader.textLimit else { return .worked }
      return .text(texts.joined(separator: text))
    default: return nil
    }
  }

  /// A value of another type or case.
  private func changed(_ value: PythonValue, _ name: String) -> PythonValue {
    guard case .text(let text) = value else { return value }
    switch name {
    case "lower", "casefold": return .text(text.lowercased())
    case "upper": return .text(text.uppercased())
    default: return value
    }
  }

  /// A field of the event by its keys.
  private func path(_ value: PythonValue, _ keys: [PythonValue], _ standard: PythonValue) -> PythonValue {
    if case .cases(let cases, let otherwise) = value {
      return mapped(cases, otherwise) { path($0, keys, standard) }
    }
    if case .alternatives(let values) = value { return .alternatives(values.map { path($0.plain, keys, standard) }) }
    if case .dictionary = value {
      guard let key = keys.first else { return value }
      let inner = looked(up: key.plain, in: value, standard: standard)
      return keys.count == 1 ? inner : path(inner.plain, Array(keys.dropFirst()), standard)
    }
    guard case .field = value else { return value == .worked || value == .none ? value : .unknown }
    var result = value
    for (index, key) in keys.enumerated() {
      guard case .field = result else { return result }
      result = result.part(key, standard: index == keys.count - 1 ? standard : .none)
    }
    return result
  }

  /// `startswith` and `endswith`, with one text or several.
  private func ends(_ value: PythonValue, _ kind: TestKind, _ argument: PythonValue, _ origin: Origin) -> Predicate {
    switch (value, argument) {
    case (_, .list(let items)):
      return Predicate.disjunction(
        items.map { Predicate.conjunction([$0.condition, ends(value, kind, $0.value.plain, origin)]).flat }
      ).flat
    case (_, .cases(let cases, let otherwise)):
      return folded(cases, otherwise) { ends(value, kind, $0.plain, origin) }
    case (.text(let text), .text(let part)):
      return (kind == .startsWith ? text.hasPrefix(part) : text.hasSuffix(part)) ? .always : .never
    case (.field(let field), .text(let text)):
      return text.isEmpty ? test(field, .exists, "true", [], origin) : test(field, kind, text, [], origin)
    case (.field(let field), .field(let other)):
      return test(field, .fieldRef, other.path, kind == .startsWith ? .startswith : .endswith, origin)
    case (.unknown, _), (_, .unknown): return opaque(origin.span, origin.module)
    default: return noTest(origin.span, origin.module)
    }
  }

  // MARK: Functions

  private func call(_ function: PythonValue, _ call: Call, _ scope: inout Scope) -> PythonValue {
    switch function {
    case .function(let name, let module):
      guard let module = self.module(module) else { return .unknown }
      return self.call(name, of: module, call.arguments.values, call.arguments.named, scope)
    case .library(let name): return library(name, call, &scope)
    case .lambda(let lambda):
      guard let module = self.module(lambda.module), scope.calls.count < 20 else { return .unknown }
      var inner = scope
      inner.module = module
      inner.calls.append("lambda")
      for (index, parameter) in lambda.parameters.enumerated() {
        inner.variables[parameter.name] =
          index < call.arguments.values.count
          ? call.arguments.values[index] : call.arguments.named[parameter.name] ?? .unknown
      }
      return evaluate(lambda.body, &inner)
    case .worked: return .worked
    default: return .unknown
    }
  }

  private func library(_ name: String, _ call: Call, _ scope: inout Scope) -> PythonValue {
    let origin = (call.span, scope.module)
    switch name {
    case "deep_get", "deep_walk":
      guard let first = call.first else { return .unknown }
      return path(
        first, Array(call.arguments.values.dropFirst()), call.arguments.named["default"]?.plain ?? .none)
    case "get_val_from_list": return valueFromList(call)
    case "any", "all": return quantified(call, byAnd: name == "all", scope)
    case "bool": return call.first.map { truthValue(truth(of: $0, call.span, scope.module)) } ?? .boolean(false)
    case "isinstance", "hasattr", "callable", "issubclass": return typeTest(call, scope)
    case "len":
      guard let value = call.first else { return .unknown }
      if case .list(let items) = value, items.allSatisfy(\.condition.isAlways) {
        return .number("\(items.count)", Double(items.count))
      }
      return value == .unknown ? .unknown : .worked
    case "dict", "list", "set", "tuple", "frozenset", "str":
      guard let value = call.first else {
        return name == "dict" ? .dictionary([]) : name == "str" ? .text("") : .list([])
      }
      if name != "str", case .dictionary(let entries) = value, name != "dict" { return .list(of: entries.map(\.key)) }
      if name == "str", let text = value.testText { return .text(text) }
      return value
    case "zip": return zipped(call)
    case "enumerate":
      guard case .list(let items) = call.first else { return .worked }
      return .list(
        items.enumerated().map {
          PythonValue.Item(.list(of: [.number("\($0)", Double($0)), $1.value]), if: $1.condition)
        })
    case "re.compile":
      guard case .text(let pattern) = call.first else { return .worked }
      return .regex(pattern, flags(call.value(1, "flags")))
    case _ where PythonLibrary.searches.contains(name):
      return search(call, origin)
    case "fnmatch.fnmatch", "fnmatch.fnmatchcase":
      guard let value = call.first, let pattern = call.second else { return .unknown }
      return truthValue(glob(value, pattern, origin))
    case _ where PythonLibrary.networks.contains(name):
      guard case .text(let text) = call.first else { return isUnknown(call.first ?? .unknown) ? .unknown : .worked }
      return .network(text)
    case _ where PythonLibrary.transparent.contains(name):
      guard let value = call.first else { return .worked }
      return value
    case _ where name.hasPrefix("str."):
      // `str.lower(x)`
      guard let value = call.first else { return .unknown }
      var rest = call
      rest.arguments.values.removeFirst()
      return method(String(name.dropFirst(4)), of: value, rest, &scope)
    default:
      return call.arguments.values.contains(where: isUnknown) && PythonLibrary.isBuiltIn(name) ? .unknown : .worked
    }
  }

  private func zipped(_ call: Call) -> PythonValue {
    var lists: [[PythonValue.Item]] = []
    for value in call.arguments.values {
      guard case .list(let items) = value.plain else { return .worked }
      lists.append(items)
    }
    guard let count = lists.map(\.count).min() else { return .list([]) }
    return .list((0..<count).map { place in PythonValue.Item(.list(lists.map { $0[place] })) })
  }

  /// A check of a value's type says nothing about the event that a test could say.
  private func typeTest(_ call: Call, _ scope: Scope) -> PythonValue {
    guard let value = call.first else { return .unknown }
    if case .library(let type) = call.second ?? .unknown {
      switch value {
      case .text: return .boolean(type == "str")
      case .boolean: return .boolean(type == "bool" || type == "int")
      case .none: return .boolean(false)
      case .dictionary: return .boolean(type == "dict")
      default: break
      }
    }
    if case .list = value { return .worked }
    return .truth(noTest(call.span, scope.module))
  }

  /// `any` and `all`: of a list's values each, of a field's elements one for all.
  private func quantified(_ call: Call, byAnd: Bool, _ scope: Scope) -> PythonValue {
    guard let value = call.first, let argument = call.expressions.first else { return .unknown }
    let span: Range<Int>
    if case .comprehension(_, let inner, _) = argument.value.kind {
      span = inner.span
    } else {
      span = argument.value.span
    }
    switch value {
    case .list(let items):
      let logic = items.map { item in
        let holds = truth(of: item.value, span, scope.module)
        return byAnd
          ? Predicate.disjunction([.negation(item.condition), holds]).flat
          : Predicate.conjunction([item.condition, holds]).flat
      }
      return truthValue(Predicate.joined(logic, byAnd: byAnd).flat)
    case .unknown: return .unknown
    default: return truthValue(truth(of: value, span, scope.module))
    }
  }

  /// The values under one key of the objects in a list whose other key has a value.
  private func valueFromList(_ call: Call) -> PythonValue {
    let values = call.arguments.values.map(\.plain)
    guard values.count == 4, case .field = values[0] else { return .unknown }
    return .list([
      PythonValue.Item(values[0].part(values[1]), if: equal(values[0].part(values[2]), values[3], nil))
    ])
  }

  // MARK: Patterns

  private func search(_ call: Call, _ origin: Origin) -> PythonValue {
    guard let pattern = call.first, let text = call.second else { return .unknown }
    switch pattern {
    case .text(let pattern): return .found(matches(text, pattern, flags(call.value(2, "flags")), origin))
    case .regex(let pattern, let flags): return .found(matches(text, pattern, flags, origin))
    case .unknown: return .unknown
    default: return .worked
    }
  }

  private func flags(_ value: PythonValue?) -> TestModifiers {
    guard case .library(let names) = value else { return [] }
    return TestModifiers(names.split(separator: "|").compactMap { PythonLibrary.flags[String($0)] })
  }

  private func matches(
    _ value: PythonValue, _ pattern: String, _ flags: TestModifiers, _ origin: Origin
  ) -> Predicate {
    switch value {
    case .field(let field): return test(field, .regex, pattern, flags, origin)
    case .cases(let cases, let otherwise):
      return folded(cases, otherwise) { matches($0.plain, pattern, flags, origin) }
    case .alternatives(let values):
      return Predicate.disjunction(values.map { matches($0.plain, pattern, flags, origin) }).flat
    case .none: return .never
    case .unknown: return opaque(origin.span, origin.module)
    default: return noTest(origin.span, origin.module)
    }
  }

  private func glob(_ value: PythonValue, _ pattern: PythonValue, _ origin: Origin) -> Predicate {
    switch (value, pattern) {
    case (.cases(let cases, let otherwise), _):
      return folded(cases, otherwise) { glob($0.plain, pattern, origin) }
    case (.alternatives(let values), _):
      return Predicate.disjunction(values.map { glob($0.plain, pattern, origin) }).flat
    case (.field(let field), .text(let text)):
      let parts: [TextPattern.Part] = text.utf8.map { byte in
        byte == UInt8(ascii: "*") ? .many : byte == UInt8(ascii: "?") ? .one : .literal(byte)
      }
      // A set of characters is no wildcard of a test.
      if text.contains("[") { return opaque(origin.span, origin.module) }
      let (kind, value) = TextPattern(parts).comparison
      return test(field, kind, value, [], origin)
    case (.unknown, _), (_, .unknown): return opaque(origin.span, origin.module)
    default: return noTest(origin.span, origin.module)
    }
  }
}
