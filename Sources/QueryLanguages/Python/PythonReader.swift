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
    var calls: [PythonName] = []
    /// The call of a function, which has variables of its own.
    var frame = 0
    /// The class of the method that is being read, and the name of its object.
    var method: (type: PythonName, object: String)?
  }

  let program: PythonProgram
  let place: (String?, Int) -> SourcePosition
  let main: PythonModule
  var modules: [String: PythonModule?] = [:]
  var constants: [PythonName: PythonValue] = [:]
  /// How many calls of functions have been read.
  var frames = 0
  /// How often something wasn't read only because of where it was met.
  var refusals = 0
  /// Where the conditions that choose values are written, as what is no test, by their parts.
  var choices: [Predicate: Predicate] = [:]
  var stages: [Stage] = []
  private var faults: [PythonFault] = []
  /// Where each opaque part was written.
  var opaqueParts: [String: (module: String?, offset: Int)] = [:]
  private var work = 0
  private var isExhausted: Bool { work > PythonReader.workLimit }

  /// How many expressions are evaluated, each of them as often as it is met.
  private static let workLimit = 40_000
  /// How many statements may depend on each other, which is how deep their logic may be nested: more than in any real
  /// rule, and few enough for the stack.
  static let depthLimit = 250
  private var depth = 0
  /// How deeply functions may call others.
  static let callLimit = 10
  /// The maximum number of leaves of the logic.
  static let leafLimit = 20_000
  /// The maximum number of items of a list that is put together.
  static let itemLimit = 200_000
  /// The maximum number of bytes of a text that is put together, and of a library's names.
  static let textLimit = 1 << 20
  static let nameLimit = 1_000
  /// How many leaves a helper's logic may have to be read in place; longer logic is a stage.
  static let inPlaceLimit = 60
  /// How often a loop is repeated: more than there are values in any list of a rule.
  static let roundLimit = 2_000

  init(_ program: PythonProgram, place: @escaping (String?, Int) -> SourcePosition) {
    self.program = program
    self.place = place
    main = PythonModule("", program.source)
  }

  func read() -> PythonReading {
    let main = main
    guard let (function, home) = decidingFunction else { return readUndefined() }
    stages = [stage(of: function, in: home, .never)]
    let span = function.span
    var logic =
      function.takesOneValue
      ? truth(
        of: run(function, PythonArguments(.event), Scope(module: home, calls: [PythonName(function.name, in: home)])),
        span, home)
      : opaque(span, home)
    if program.isNegated { logic = logic.opposite }
    if isExhausted || leafCount(of: logic) > PythonReader.leafLimit {
      logic = opaque(span, home)
      stages.removeSubrange(1...)
    }
    stages[0].predicate = logic
    let counted = program.counting.flatMap { main.function($0) }.map { count(by: $0) }
    reportSyntax()
    reportOpaque()
    return PythonReading(stages: stages, faults: faults, counted: counted)
  }

  /// The function that decides, which may be another's under another name; nil if none can be read.
  private var decidingFunction: (PythonFunction, in: PythonModule)? {
    if let function = main.function(program.function) { return (function, main) }
    guard case .function(let name) = global(program.function, in: main, Scope(module: main)),
      let home = module(name.module)
    else { return nil }
    return home.function(name.name).map { ($0, home) }
  }

  /// Reads a module that doesn't define the deciding function, or defines it in a way that isn't read.
  private func readUndefined() -> PythonReading {
    if let span = main.origin(of: program.function) {
      stages = [
        Stage(
          name: program.function, language: .python, text: main.source(span), predicate: opaque(span, main),
          position: position(span, main))
      ]
    }
    reportSyntax()
    reportOpaque()
    if stages.isEmpty {
      report(.querySyntax, "the Python has no function '\(program.function)'; define it", main, 0)
    }
    return PythonReading(stages: stages, faults: faults)
  }

  func stage(of function: PythonFunction, in module: PythonModule, _ logic: Predicate) -> Stage {
    Stage(
      name: function.name, language: .python, text: module.source(function.span), predicate: logic,
      position: position(function.span, module))
  }

  private func reportSyntax() {
    for module in [main] + modules.values.compactMap({ $0 }).sorted(by: { $0.name < $1.name }) {
      for fault in module.faults { report(.querySyntax, fault.message, module, fault.offset) }
    }
  }

  /// Adds a stage for the function whose values are counted.
  ///
  /// - Returns: the field that it returns, or its own name.
  func count(by function: PythonFunction) -> String {
    let known = stages.count
    // Its helpers don't decide whether the rule matches.
    defer {
      stages.removeSubrange(known...)
      stages.append(stage(of: function, in: main, .always))
    }
    guard !isExhausted, function.takesOneValue else { return function.name }
    let value = run(
      function, PythonArguments(.event), Scope(module: main, calls: [PythonName(function.name, in: main)])
    ).plain
    return countedField(of: value)?.path ?? function.name
  }

  /// The field that a value is, wherever it is one: what it is instead counts as no value, or as one more.
  private func countedField(of value: PythonValue) -> PythonValue.Field? {
    switch value.plain {
    case .field(let field) where !field.path.isEmpty: return field
    case .alternatives(let values):
      let others = values.withoutDefault
      return others.count == 1 ? countedField(of: others[0]) : nil
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

  func leafCount(of predicate: Predicate) -> Int {
    var count = 0
    predicate.forEachLeaf { _, _ in count += 1 }
    return count
  }

  func identity(_ module: PythonModule) -> String? { module === main ? nil : module.name }

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

extension PythonParser.Fault {
  /// What is wrong, and what to do about it.
  fileprivate var message: String {
    switch kind {
    case .syntax: "the Python's syntax is invalid here; correct it"
    case .tooDeep: "the Python is nested too deeply here; simplify it"
    case .indentation: "this line's indentation doesn't match any block; indent it like the lines before it"
    case .missingBlock: "an indented block is expected after this line; indent the lines that belong to it"
    }
  }
}
