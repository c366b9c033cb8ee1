import RuleModel

/// Methods of texts, lists, dictionaries and fields.
extension PythonReader {
  func method(_ name: String, of value: PythonValue, _ call: Call, _ scope: inout Scope) -> PythonValue {
    let origin = (call.span, scope.module)
    var inner = scope
    if let mapped = mapped(value, { method(name, of: $0, call, &inner) }) { return mapped }
    switch value {
    case .module(let module):
      guard let found = self.module(module) else { return .unknown }
      return self.call(global(name, in: found, scope), call, &scope)
    case .library(let library): return self.library(library + "." + name, call, &scope)
    case .object(let object): return run(name, of: object, call.arguments, scope).value
    case .regex(let pattern, let flags):
      guard PythonLibrary.searches.contains("re." + name), let text = call.first else { return .worked }
      return .found(matches(text, pattern, flags, origin))
    case .dictionary: return method(name, ofDictionary: value, call)
    case .worked, .found, .truth: return .worked
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
    case "difference":
      return call.first.map { combined(value, "-", $0) } ?? .unknown
    case "intersection":
      return call.first.map { common(value, $0) } ?? .unknown
    case "isdisjoint":
      return call.first.map { truthValue(truth(of: common(value, $0), call.span, scope.module).opposite) } ?? .unknown
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

  func method(_ name: String, ofDictionary value: PythonValue, _ call: Call) -> PythonValue {
    guard case .dictionary(let written) = value else { return .unknown }
    let entries = PythonValue.distinct(written)
    // Keys that the event has may be equal, and then only the last one's value is there.
    let areDistinct = entries.count == 1 || entries.allSatisfy { $0.key.isConstant }
    func list(_ part: (PythonValue.Entry) -> PythonValue) -> PythonValue {
      areDistinct ? .list(entries.map { PythonValue.Item(part($0), if: $0.condition) }) : .worked
    }
    switch name {
    case "get":
      return call.first.map { looked(up: $0, in: value, standard: call.value(1, "default") ?? .none) } ?? .unknown
    case "keys": return .list(elements(of: value))
    case "values": return list(\.value)
    case "items": return list { .list(of: [$0.key, $0.value]) }
    case "copy": return value
    default: return .worked
    }
  }

  /// The result of a method of a text that is known; nil if it isn't.
  func known(_ name: String, _ value: PythonValue, _ call: Call) -> PythonValue? {
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
  func changed(_ value: PythonValue, _ name: String) -> PythonValue {
    guard case .text(let text) = value else { return value }
    switch name {
    case "lower", "casefold": return .text(text.lowercased())
    case "upper": return .text(text.uppercased())
    default: return value
    }
  }

  /// `startswith` and `endswith`, with one text or several.
  private func ends(_ value: PythonValue, _ kind: TestKind, _ argument: PythonValue, _ origin: Origin) -> Predicate {
    if let logic = each(value, { ends($0, kind, argument, origin) })
      ?? each(argument, { ends(value, kind, $0, origin) })
    {
      return logic
    }
    switch (value, argument) {
    case (_, .list(let items)):
      return Predicate.disjunction(
        items.map { Predicate.conjunction([$0.condition, ends(value, kind, $0.value.plain, origin)]).flat }
      ).flat
    case (.text(let text), .text(let part)):
      let isAtEnd =
        kind == .startsWith
        ? text.utf8.starts(with: part.utf8) : text.utf8.reversed().starts(with: part.utf8.reversed())
      return isAtEnd ? .always : .never
    case (.field(let field), .text(let text)):
      return text.isEmpty ? test(field, .exists, "true", [], origin) : test(field, kind, text, [], origin)
    case (.field(let field), .field(let other)):
      return test(field, .fieldRef, other.path, kind == .startsWith ? .startswith : .endswith, origin)
    case (.unknown, _), (_, .unknown): return opaque(origin.span, origin.module)
    default: return noTest(origin.span, origin.module)
    }
  }
}
