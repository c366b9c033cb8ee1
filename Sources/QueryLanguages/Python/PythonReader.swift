import Diagnostics
import RuleModel

/// Follows a rule's function through its statements, with conditions and fields in place of values.
final class PythonReader {
  typealias Variables = PythonFlow.Variables

  /// Where an expression is evaluated.
  struct Scope {
    var module: PythonModule
    var variables: Variables = [:]
    /// The functions that are being read, outermost first.
    var calls: [String] = []
  }

  private let program: PythonProgram
  let place: (String?, Int) -> SourcePosition
  private let main: PythonModule
  private var modules: [String: PythonModule?] = [:]
  private var constants: [String: PythonValue] = [:]
  private(set) var stages: [Stage] = []
  private var faults: [PythonFault] = []
  /// Where each opaque part was written.
  private var opaqueParts: [String: (module: String?, offset: Int)] = [:]
  private var work = 0
  private var isExhausted: Bool { work > PythonReader.workLimit }

  /// How many expressions are evaluated, each of them as often as it is met.
  private static let workLimit = 40_000
  /// How many statements may depend on each other, which is how deep their logic may be nested: more than in any real
  /// rule, and few enough for the stack.
  private static let depthLimit = 250
  private var depth = 0
  /// How deeply functions may call others.
  private static let callLimit = 10
  /// The maximum number of leaves of the logic.
  static let leafLimit = 20_000
  /// The maximum number of items of a list that is put together.
  static let itemLimit = 200_000
  /// The maximum number of bytes of a text that is put together, and of a library's names.
  static let textLimit = 1 << 20
  static let nameLimit = 1_000
  /// How many leaves a helper's logic may have to be read in place; longer logic is a stage.
  private static let inPlaceLimit = 60
  /// How often a loop is repeated: more than there are values in any list of a rule.
  static let roundLimit = 2_000

  init(_ program: PythonProgram, place: @escaping (String?, Int) -> SourcePosition) {
    self.program = program
    self.place = place
    main = PythonModule("", program.source)
  }

  func read() -> PythonReading {
    let main = main
    guard let function = main.function(program.function) else {
      let message = "the Python has no function '\(program.function)'; define it"
      report(.querySyntax, message, main, 0)
      return PythonReading(faults: faults)
    }
    stages = [
      Stage(
        name: function.name, language: .python, text: main.source(function.span), predicate: .never,
        position: place(nil, function.span.lowerBound))
    ]
    let scope = Scope(module: main, calls: [key(function.name, main)])
    let span = function.span
    let isSimple = !function.isDecorated && function.parameters.count == 1
    var logic = isSimple ? truth(of: run(function, [.event], scope), span, main) : opaque(span, main)
    if program.isNegated { logic = logic.opposite }
    if isExhausted || leafCount(of: logic) > PythonReader.leafLimit {
      logic = opaque(span, main)
      stages.removeSubrange(1...)
    }
    stages[0].predicate = logic
    let counted = program.counting.flatMap { main.function($0) }.map { count(by: $0) }
    for module in [main] + modules.values.compactMap({ $0 }).sorted(by: { $0.name < $1.name }) {
      for fault in module.faults {
        report(
          .querySyntax,
          fault.isTooDeep
            ? "the Python is nested too deep here; simplify it"
            : "the Python can't be read here; correct it, if it isn't Python", module, fault.offset)
      }
    }
    reportOpaque()
    return PythonReading(stages: stages, faults: faults, counted: counted)
  }

  /// Adds a stage for the function whose values are counted.
  ///
  /// - Returns: the field that it returns, or its own name.
  private func count(by function: PythonFunction) -> String {
    stages.append(
      Stage(
        name: function.name, language: .python, text: main.source(function.span), predicate: .always,
        position: place(nil, function.span.lowerBound)))
    guard !isExhausted, !function.isDecorated, function.parameters.count == 1 else { return function.name }
    let value = run(function, [.event], Scope(module: main, calls: [key(function.name, main)])).plain
    return countedField(of: value)?.path ?? function.name
  }

  /// The field that a value is, wherever it is one: what it is instead counts as no value, or as one more.
  private func countedField(of value: PythonValue) -> PythonValue.Field? {
    switch value.plain {
    case .field(let field) where !field.path.isEmpty: return field
    case .cases(let cases, let otherwise):
      let values = (cases.map(\.value) + [otherwise]).filter { $0.plain.constantTruth != false }
      guard let first = values.first, values.allSatisfy({ $0.plain == first.plain }) else { return nil }
      return countedField(of: first)
    default: return nil
    }
  }

  private func reportOpaque() {
    var seen: Set<String> = []
    for stage in stages {
      stage.predicate.forEachLeaf { leaf, _ in
        guard case .text(let text) = leaf, text.meaning == .opaque, seen.insert(text.text).inserted else { return }
        let part = opaqueParts[text.text]
        faults.append(
          PythonFault(
            id: .queryUnread,
            message: "'\(shortened(text.text))' isn't understood; it is shown as text and counts as no test",
            module: part?.module, offset: part?.offset ?? 0))
      }
    }
  }

  private func report(_ id: CheckID, _ message: String, _ module: PythonModule, _ offset: Int) {
    let fault = PythonFault(id: id, message: message, module: identity(module), offset: offset)
    if !faults.contains(fault), faults.count < 100 { faults.append(fault) }
  }

  private func leafCount(of predicate: Predicate) -> Int {
    var count = 0
    predicate.forEachLeaf { _, _ in count += 1 }
    return count
  }

  private func identity(_ module: PythonModule) -> String? { module === main ? nil : module.name }

  private func key(_ function: String, _ module: PythonModule) -> String { module.name + ":" + function }

  // MARK: Leaves

  func position(_ span: Range<Int>, _ module: PythonModule) -> SourcePosition {
    place(identity(module), span.lowerBound)
  }

  func opaque(_ span: Range<Int>, _ module: PythonModule) -> Predicate {
    let text = shortened(module.source(span))
    if opaqueParts[text] == nil { opaqueParts[text] = (identity(module), span.lowerBound) }
    return .opaque(text, at: position(span, module))
  }

  func noTest(_ span: Range<Int>, _ module: PythonModule) -> Predicate {
    .noTest(shortened(module.source(span)), at: position(span, module))
  }

  /// Whether a value is true; a function that decides becomes a stage if it is the rule's own or long.
  func truth(of value: PythonValue, _ span: Range<Int>, _ module: PythonModule) -> Predicate {
    guard case .result(let key, let inner) = value else { return truth(ofPlain: value, span, module) }
    let logic = truth(of: inner, span, module)
    let parts = key.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard !logic.isAlways, !logic.isNever, parts.count == 2, let home = self.module(parts[0]),
      let function = home.function(parts[1])
    else { return logic }
    if let known = stages.firstIndex(where: { $0.name == parts[1] && $0.predicate == logic }) { return .stage(known) }
    stages.append(
      Stage(
        name: parts[1], language: .python, text: home.source(function.span), predicate: logic,
        position: position(function.span, home)))
    return .stage(stages.count - 1)
  }

  private func truth(ofPlain value: PythonValue, _ span: Range<Int>, _ module: PythonModule) -> Predicate {
    if let constant = value.constantTruth { return constant ? .always : .never }
    switch value {
    case .field(let field) where field.path.isEmpty: return .always
    case .field(let field):
      return .test(
        Test(
          field: field.path, kind: field.isFalseByDefault ? .eq : .exists, value: "true",
          position: position(span, module)))
    case .truth(let predicate), .found(let predicate): return predicate
    case .cases(let cases, let otherwise):
      return folded(cases, otherwise) { truth(of: $0, span, module) }
    case .alternatives(let values): return Predicate.disjunction(values.map { truth(of: $0, span, module) }).flat
    case .list(let items): return Predicate.disjunction(items.map(\.condition)).flat
    case .worked, .library: return noTest(span, module)
    default: return opaque(span, module)
    }
  }

  /// The logic of several cases.
  func folded(
    _ cases: [PythonValue.Case], _ otherwise: PythonValue, _ logic: (PythonValue) -> Predicate
  ) -> Predicate {
    cases.reversed().reduce(logic(otherwise)) { .conditional($1.condition, logic($1.value), $0) }
  }

  // MARK: Functions

  /// The value that a function returns.
  func run(_ function: PythonFunction, _ arguments: [PythonValue], _ scope: Scope, named: Variables = [:])
    -> PythonValue
  {
    var inner = scope
    inner.variables = [:]
    for (index, parameter) in function.parameters.enumerated() {
      if parameter.takesRest {
        inner.variables[parameter.name] = .list(of: Array(arguments.dropFirst(index)))
        continue
      }
      let given = index < arguments.count ? arguments[index] : named[parameter.name]
      inner.variables[parameter.name] = given ?? parameter.standard.map { evaluate($0, &inner) } ?? .unknown
    }
    return flow(of: function.body[...], inner).value
  }

  /// Reads a function of a module in place.
  func call(_ name: String, of module: PythonModule, _ arguments: [PythonValue], _ named: Variables, _ scope: Scope)
    -> PythonValue
  {
    let key = key(name, module)
    guard scope.calls.count < PythonReader.callLimit, !scope.calls.contains(key), let function = module.function(name),
      !function.isDecorated
    else { return .unknown }
    var inner = scope
    inner.module = module
    inner.calls.append(key)
    let value = run(function, arguments, inner, named: named)
    guard value.constantTruth == nil, module === main || isLong(value) else { return value }
    return .result(of: key, value)
  }

  /// Whether a helper's logic is too long to be read in place.
  private func isLong(_ value: PythonValue) -> Bool {
    if case .truth(let logic) = value { leafCount(of: logic) > PythonReader.inPlaceLimit } else { false }
  }

  // MARK: Names

  /// What a name stands for in its module.
  func global(_ name: String, in module: PythonModule, _ scope: Scope) -> PythonValue {
    let key = key(name, module)
    if let known = constants[key] { return known }
    guard scope.calls.count < 2 * PythonReader.callLimit else { return .unknown }
    // While it is being read it has no value: it may name itself.
    constants[key] = .unknown
    let value = definition(of: name, in: module, scope)
    constants[key] = value
    return value
  }

  private func definition(of name: String, in module: PythonModule, _ scope: Scope) -> PythonValue {
    if module.function(name) != nil { return .function(name, module: module.name) }
    let statements = module.definition(of: name)
    if !statements.isEmpty {
      let inner = Scope(module: module, calls: scope.calls + [key(name, module)])
      guard case .falls(let variables) = flow(of: statements[...], inner) else { return .unknown }
      return variables[name] ?? .unknown
    }
    if let item = module.imports[name] { return imported(item, scope) }
    if module.classes.contains(name) { return .unknown }
    return PythonLibrary.isBuiltIn(name) ? .library(name) : .unknown
  }

  func imported(_ item: PythonImport, _ scope: Scope) -> PythonValue {
    // What every repository of Panther has, and what its own text says in more words than one can follow.
    if let name = item.name, PythonLibrary.accessors.contains(name) { return .library(name) }
    if let module = self.module(item.module) {
      guard let name = item.name else { return .module(module.name) }
      return global(name, in: module, scope)
    }
    let whole = item.name.map { item.module + "." + $0 } ?? (item.local == item.module ? item.module : item.module)
    if let name = item.name, self.module(item.module + "." + name) != nil { return .module(item.module + "." + name) }
    return PythonLibrary.isKnown(whole) ? .library(whole) : .unknown
  }

  /// A module of the repository; nil if there is none of that name.
  func module(_ name: String) -> PythonModule? {
    if name.isEmpty { return main }
    if let known = modules[name] { return known }
    let module = name.hasPrefix(".") ? nil : program.module(name).map { PythonModule(name, $0) }
    modules[name] = module
    return module
  }

  /// What a name of the unified data model stands for.
  func modelled(_ name: String, standard: PythonValue, _ scope: Scope) -> PythonValue {
    var values: [PythonValue] = []
    for item in program.model(name) {
      let value: PythonValue
      switch item {
      case .path(let path):
        value = .field(PythonValue.Field(path: path, isFalseByDefault: standard == .boolean(false)))
      case .function(let function, let module):
        let result = self.module(module).map { call(function, of: $0, [.event], [:], scope).plain } ?? .unknown
        // What a method works out has only the model's name.
        value = result.isPlain ? result : PythonValue.event.part(.text(name), standard: standard)
      }
      for value in fields(of: value) ?? [value] where !values.contains(value) { values.append(value) }
    }
    switch values.count {
    case 0: return PythonValue.event.part(.text(name), standard: standard)
    case 1: return values[0]
    default: return .alternatives(values)
    }
  }

  /// The fields of which a value may be any; nil if it may be something else. A model's method only says where the log
  /// has what is asked for.
  private func fields(of value: PythonValue) -> [PythonValue]? {
    switch value {
    case .field: return [value]
    case .none: return []
    case .alternatives(let values):
      let found = values.map { fields(of: $0.plain) }
      return found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
    case .cases(let cases, let otherwise):
      let found = cases.map { fields(of: $0.value.plain) } + [fields(of: otherwise.plain)]
      return found.contains { $0 == nil } ? nil : found.flatMap { $0 ?? [] }
    default: return nil
    }
  }

  /// Follows statements that depend on those before them.
  func nested(_ flow: () -> PythonFlow) -> PythonFlow {
    depth += 1
    defer { depth -= 1 }
    return depth > PythonReader.depthLimit ? .returns(.unknown) : flow()
  }

  /// A value, or nothing known if it has grown beyond what is read.
  func limited(_ value: PythonValue) -> PythonValue {
    let size = value.size(upTo: PythonReader.leafLimit)
    return spend(size / 16) && size <= PythonReader.leafLimit ? value : .unknown
  }

  /// Counts work done.
  ///
  /// - Returns: whether there may be more.
  func spend(_ amount: Int = 1) -> Bool {
    work += amount
    return !isExhausted
  }
}
