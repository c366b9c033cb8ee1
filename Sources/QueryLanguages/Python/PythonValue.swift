package import RuleModel

/// What an expression of a rule stands for, without running it.
indirect enum PythonValue: Hashable, Sendable {
  case none
  case boolean(Bool)
  /// As written, and its value.
  case number(String, Double)
  case text(String)
  /// A list, a tuple or a set.
  case list([Item])
  case dictionary([Entry])
  case field(Field)
  /// The result of a comparison.
  case truth(Predicate)
  /// What a search for a regular expression returns.
  case found(Predicate)
  /// The first value whose condition holds.
  case cases([Case], otherwise: PythonValue)
  /// One of these, whichever the event has first; a constant at the end is what it is without any of them.
  case alternatives([PythonValue])
  case regex(String, TestModifiers)
  /// `ip_network("10.0.0.0/8")`
  case network(String)
  /// A function of a module of the repository.
  case function(PythonName)
  case lambda(Lambda)
  /// A module of the repository.
  case module(String)
  /// A class of a module of the repository.
  case type(PythonName)
  case object(Object)
  /// What a library has: a module or a function, by its dotted name.
  case library(String)
  /// The result of a function that decides whether the rule matches.
  case result(of: PythonName, PythonValue)
  /// What a function or an operator works out; a comparison of it is no test.
  case worked
  /// What isn't understood.
  case unknown

  struct Item: Hashable, Sendable {
    /// When the list has it.
    var condition: Predicate
    var value: PythonValue

    init(_ value: PythonValue, if condition: Predicate = .always) {
      (self.value, self.condition) = (value, condition)
    }
  }

  /// The last of several with a key holds.
  struct Entry: Hashable, Sendable {
    var key: PythonValue
    var value: PythonValue
    /// When the dictionary has it.
    var condition = Predicate.always
  }

  struct Case: Hashable, Sendable {
    var condition: Predicate
    var value: PythonValue
    /// Whether the condition is that a value is a key of a dictionary, so that no other case's condition holds.
    var isKey = false
  }

  /// A part of the event; the event itself has no path.
  struct Field: Hashable, Sendable {
    var path: String
    /// Whether its value is `False` where the event lacks it.
    var isFalseByDefault = false
  }

  /// What a class makes, and the values that it holds.
  struct Object: Hashable, Sendable {
    var type: PythonName
    var attributes: [String: PythonValue] = [:]
  }

  /// A function that is defined in another.
  struct Lambda: Hashable, Sendable {
    var parameters: [PythonParameter]
    var body: [PythonStatement]
    var module: String
    /// The call of a function in which it is defined, and the variables there.
    var frame: Int
    var variables: [String: PythonValue]

    /// Its variables are those of its frame: comparing them would compare those of all functions defined before.
    static func == (left: Lambda, right: Lambda) -> Bool {
      left.frame == right.frame && left.module == right.module && left.parameters == right.parameters
        && left.body == right.body
    }

    /// Its variables aren't looked at, however many they are.
    func hash(into hasher: inout Hasher) {
      hasher.combine(body)
      hasher.combine(frame)
    }
  }
}

/// What a module calls something.
struct PythonName: Hashable, Sendable {
  var name: String
  var module: String

  init(_ name: String, in module: PythonModule) { (self.name, self.module) = (name, module.name) }
}

extension PythonValue {
  static let event = PythonValue.field(Field(path: ""))

  static func list(of values: [PythonValue]) -> PythonValue { .list(values.map { Item($0) }) }

  /// Without the name of the function that returned it.
  var plain: PythonValue { if case .result(_, let value) = self { value.plain } else { self } }

  /// Whether it is known without the event.
  var isConstant: Bool {
    switch self {
    case .none, .boolean, .number, .text, .regex, .network: true
    case .list(let items): items.allSatisfy { $0.condition.isAlways && $0.value.isConstant }
    case .dictionary(let entries):
      entries.allSatisfy { $0.condition.isAlways && $0.key.isConstant && $0.value.isConstant }
    default: false
    }
  }

  /// The text of a test for it; nil for what isn't a single value.
  var testText: String? {
    switch self {
    case .boolean(let isTrue): isTrue ? "True" : "False"
    case .number(let text, _): text
    case .text(let text): text
    default: nil
    }
  }

  /// Whether two values that are known without the event are equal; nil if either isn't.
  func isEqual(to other: PythonValue) -> Bool? {
    switch (self, other) {
    case (.number(_, let left), .number(_, let right)): return left == right
    case (.boolean(let left), .number(_, let right)), (.number(_, let right), .boolean(let left)):
      return right == (left ? 1 : 0)
    case _ where isConstant && other.isConstant: return self == other
    default: return nil
    }
  }

  /// As Python's `bool()` sees it; nil if it depends on the event.
  var constantTruth: Bool? {
    switch self {
    case .none: false
    case .boolean(let isTrue): isTrue
    case .number(_, let value): value != 0
    case .text(let text): !text.isEmpty
    case .list(let items): items.isEmpty ? false : items.contains { $0.condition.isAlways } ? true : nil
    case .dictionary(let entries): entries.isEmpty ? false : entries.contains { $0.condition.isAlways } ? true : nil
    case .regex, .network, .function, .lambda, .module, .type, .object: true
    case .truth(let predicate): predicate.isAlways ? true : predicate.isNever ? false : nil
    default: nil
    }
  }

  /// Whether a condition says that the event lacks the field, or what the field is a part of.
  func isMissing(if condition: Predicate) -> Bool {
    guard case .field(let field) = self else { return false }
    let lacking: Test
    switch condition {
    case .test(let test) where test.kind == .isNull: lacking = test
    case .not(.test(let test)) where test.kind == .exists: lacking = test
    default: return false
    }
    guard let name = lacking.field else { return false }
    return field.path == name || field.path.hasPrefix(name + ".")
  }

  /// The value of which another is only an empty one, or a list of it; nil if the other is anything else.
  func withoutType(_ other: PythonValue) -> PythonValue? {
    // A constant beside an empty one is a flag.
    if other.constantTruth == false { return constantTruth == nil ? self : nil }
    guard case .list(let items) = other, items.count == 1, items[0].value == self else { return nil }
    return self
  }

  /// Whether it is known but for conditions and fields: nothing in it is worked out.
  var isPlain: Bool {
    switch self {
    case .field, .truth, .found: true
    case .cases(let cases, let otherwise): cases.allSatisfy(\.value.isPlain) && otherwise.isPlain
    case .alternatives(let values): values.allSatisfy(\.isPlain)
    case .result(_, let value): value.isPlain
    default: isConstant
    }
  }

  /// The field's part with a name; an index is kept in brackets.
  func part(_ name: PythonValue, standard: PythonValue = .none) -> PythonValue {
    guard case .field(let field) = self else { return .unknown }
    let isFalse = standard == .boolean(false)
    switch name.plain {
    case .text(let text):
      return .field(Field(path: field.path.isEmpty ? text : field.path + "." + text, isFalseByDefault: isFalse))
    case .number(let text, _): return .field(Field(path: field.path + "[\(text)]", isFalseByDefault: isFalse))
    case .unknown: return .unknown
    default: return .worked
    }
  }
}

extension Predicate {
  /// Whether it only says of which type something is.
  var isTypeCheck: Bool {
    switch self {
    case .all(let parts), .any(let parts): !parts.isEmpty && parts.allSatisfy(\.isTypeCheck)
    case .not(let part): part.isTypeCheck
    case .text(let text): text.meaning != .opaque && text.text.hasPrefix("isinstance(")
    case .test, .stage: false
    }
  }

  /// `condition` and `then`, or else `otherwise`.
  static func conditional(_ condition: Predicate, _ then: Predicate, _ otherwise: Predicate) -> Predicate {
    if condition.isAlways || then == otherwise { return then }
    if condition.isNever { return otherwise }
    let opposite = condition.opposite
    if then.isAlways { return .disjunction([condition, otherwise]).flat }
    if then.isNever { return .conjunction([opposite, otherwise]).flat }
    if otherwise.isAlways { return .disjunction([opposite, then]).flat }
    if otherwise.isNever { return .conjunction([condition, then]).flat }
    // What holds in either case is said once.
    if let (shared, then, otherwise) = shared(then, otherwise) {
      return .conjunction(shared + [conditional(condition, then, otherwise)]).flat
    }
    return .any([Predicate.conjunction([condition, then]).flat, Predicate.conjunction([opposite, otherwise]).flat])
  }

  /// The parts that two conjunctions share, and the rest of each; nil if they share none.
  private static func shared(
    _ first: Predicate, _ second: Predicate
  ) -> (parts: [Predicate], Predicate, Predicate)? {
    let (left, right) = (first.conjuncts, second.conjuncts)
    // Each part is compared with each: with few, this takes no time.
    guard left.count * right.count <= 256 else { return nil }
    let parts = left.filter { right.contains($0) }
    guard !parts.isEmpty else { return nil }
    func rest(_ all: [Predicate]) -> Predicate { .conjunction(all.filter { !parts.contains($0) }).flat }
    return (parts, rest(left), rest(right))
  }

  private var conjuncts: [Predicate] { if case .all(let parts) = self { parts } else { [self] } }

  /// What holds when this doesn't, with as few `not` as possible.
  var opposite: Predicate {
    func inner(_ parts: [Predicate]) -> [Predicate]? {
      var found: [Predicate] = []
      for part in parts {
        guard case .not(let inner) = part else { return nil }
        found.append(inner)
      }
      return parts.isEmpty ? nil : found
    }
    switch self {
    case .all(let parts): return inner(parts).map { Predicate.any($0).flat } ?? .negation(self)
    case .any(let parts): return inner(parts).map { Predicate.all($0).flat } ?? .negation(self)
    default: return .negation(self)
    }
  }

  /// With the parts of a part that is joined in the same way, each once.
  var flat: Predicate {
    switch self {
    case .all(let parts):
      .group(distinct(parts.flatMap { part in if case .all(let inner) = part { inner } else { [part] } }), byAnd: true)
    case .any(let parts):
      .group(distinct(parts.flatMap { part in if case .any(let inner) = part { inner } else { [part] } }), byAnd: false)
    default: self
    }
  }

  private func distinct(_ parts: [Predicate]) -> [Predicate] {
    guard parts.count > 1 else { return parts }
    var known: Set<Predicate> = []
    return parts.filter { known.insert($0).inserted }
  }
}
