import Diagnostics

/// Binds templates to types, and writes the programs.
///
/// A macro is compiled once for each set of variables that it can see, and called: so a macro may use itself.
struct Compiler {
  private let library: TemplateLibrary
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var programs: [Program] = []
  private var programOfMacro: [MacroKey: Int] = [:]
  private var fillings = FillingTable()
  private var calls: [MacroCall] = []

  init(_ library: TemplateLibrary) { self.library = library }

  /// Compiles an element and all that it uses.
  ///
  /// - Returns: the number of the program to start with, whose frame holds one variable.
  mutating func compile(
    _ element: TemplateElement, for type: any TemplateModel.Type, as variable: String, isPage: Bool
  ) -> Int {
    let scope = Scope(variables: [
      Scope.Variable(name: variable, type: type, isRepeated: false, origin: variable, isBelow: false)
    ])
    let start = addProgram()
    var context = Context(program: start, fillings: FillingTable.none, scope: scope)
    if isPage { context.emitter.emit(markup: "<!DOCTYPE html>\n") }
    compile(element, in: &context)
    programs[start] = context.emitter.program
    if diagnostics.isEmpty { diagnostics += endlessCalls(calls) }
    return start
  }

  /// The program that is being written.
  struct Context {
    var program: Int
    var fillings: Int
    var scope: Scope
    var emitter = Emitter()
  }

  private mutating func addProgram() -> Int {
    programs.append(Program())
    return programs.count - 1
  }

  mutating func report(_ attribute: StatementAttribute, _ offset: Int, _ message: String) {
    diagnostics.append(Diagnostic(.template, at: attribute.location(offset), message))
  }

  // MARK: Elements

  /// In TAL's order: define, condition, repeat, then content or replace, attributes, omit-tag; METAL comes before all.
  private mutating func compile(_ element: TemplateElement, in context: inout Context) {
    let statements = element.statements
    if let slot = statements.defineSlot, let filling = fillings[context.fillings, slot] {
      let outer = context.fillings
      context.fillings = filling.outer
      compile(filling.element, in: &context)
      context.fillings = outer
      return
    }
    let variableCount = context.scope.variables.count
    for (name, path, attribute) in statements.define { define(name, path, attribute, in: &context) }
    var toClose: [Int] = []
    if let (expression, attribute) = statements.condition {
      toClose += jump(unless: expression, attribute, in: &context)
    }
    if let (name, path, attribute) = statements.repetition {
      if let (slot, type, origin) = list(path, attribute, in: &context) {
        toClose.append(context.emitter.open(.loop(slot, end: 0)))
        _ = context.emitter.label()
        context.scope.variables.append(
          Scope.Variable(name: name, type: type, isRepeated: true, origin: origin, isBelow: true))
        compileOnce(element, in: &context)
        context.scope.variables.removeLast()
      }
    } else {
      compileOnce(element, in: &context)
    }
    for index in toClose.reversed() { context.emitter.close(index) }
    while context.scope.variables.count > variableCount {
      context.scope.variables.removeLast()
      context.emitter.emit(.pop)
    }
  }

  /// The element inside its repetition.
  private mutating func compileOnce(_ element: TemplateElement, in context: inout Context) {
    if let (reference, attribute) = element.statements.useMacro {
      call(reference, from: element, attribute, in: &context)
      return
    }
    if let (expression, attribute) = element.statements.content, element.statements.replacesElement {
      write(expression, attribute, in: &context)
      return
    }
    let omit = element.isBlock ? (expression: nil, attribute: nil) : element.statements.omitTag.map { ($0.expression, $0.attribute as StatementAttribute?) }
    if let omit, omit.0 == nil {
      compileContent(of: element, in: &context)
      return
    }
    func tag(_ write: (inout Compiler, inout Context) -> Void, _ compiler: inout Compiler, _ context: inout Context) {
      var toClose: [Int] = []
      if let expression = omit?.0, let attribute = omit?.1 {
        toClose = compiler.jump(unless: .not(expression), attribute, in: &context)
      }
      write(&compiler, &context)
      for index in toClose.reversed() { context.emitter.close(index) }
    }
    let closesItself = element.isVoid || (element.isForeign && element.children.isEmpty && element.statements.content == nil)
    tag({ compiler, context in
      context.emitter.emit(markup: "<\(element.name)")
      compiler.compileAttributes(of: element, in: &context)
      context.emitter.emit(markup: closesItself ? "/>" : ">")
    }, &self, &context)
    guard !closesItself else { return }
    if HTMLVocabulary.preformattedElements.contains(element.name) {
      let open = context.emitter.open(.preformatted(end: 0))
      _ = context.emitter.label()
      compileContent(of: element, in: &context)
      context.emitter.close(open)
    } else {
      compileContent(of: element, in: &context)
    }
    tag({ _, context in context.emitter.emit(markup: "</\(element.name)>") }, &self, &context)
  }

  private mutating func compileContent(of element: TemplateElement, in context: inout Context) {
    if let (expression, attribute) = element.statements.content {
      write(expression, attribute, in: &context)
      return
    }
    for (index, child) in element.children.enumerated() {
      switch child {
      case .element(let inner): compile(inner, in: &context)
      case .text(var text):
        // A browser drops this line end; a reader of XML must not see it either.
        if index == 0, HTMLVocabulary.preformattedElements.contains(element.name), text.hasPrefix("\n") { text.removeFirst() }
        if !element.isBlock, HTMLVocabulary.rawTextElements.contains(element.name) {
          context.emitter.emit(markup: text)
        } else {
          context.emitter.emit(text: text)
        }
      }
    }
  }

  // MARK: Macros

  private mutating func call(
    _ reference: MacroReference, from element: TemplateElement, _ attribute: StatementAttribute, in context: inout Context
  ) {
    guard let macro = library.macros[reference] else { return }
    guard let filled = fillings.add(element, outer: context.fillings) else {
      report(attribute, 0, "the macro '\(reference.name)' uses itself with ever more slots filled, and would never end; use it without filling slots")
      return
    }
    let scope = context.scope.forCallee
    let key = MacroKey(reference, scope, fillings: filled)
    let program: Int
    if let known = programOfMacro[key] {
      program = known
    } else {
      program = addProgram()
      programOfMacro[key] = program
      var callee = Context(program: program, fillings: filled, scope: scope)
      compile(macro, in: &callee)
      programs[program] = callee.emitter.program
    }
    let visible = context.scope.visible
    let arguments = context.emitter.store(arguments: visible.map(\.index))
    context.emitter.emit(.call(program: program, arguments: arguments))
    calls.append(
      MacroCall(
        caller: context.program, callee: program, macro: reference.name, location: attribute.location(),
        origins: Dictionary(uniqueKeysWithValues: visible.compactMap { _, variable in
          variable.origin.map { (variable.name, MacroCall.Origin(name: $0, isBelow: variable.isBelow)) }
        })))
  }
}
