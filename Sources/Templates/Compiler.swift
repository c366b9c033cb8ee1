import Diagnostics

/// Binds templates to types, and compiles them to programs.
///
/// A macro is compiled once for each set of visible variables, and called, so it can use itself.
struct Compiler {
  /// The program being compiled.
  struct Context {
    var program: Int
    /// The fillings of the slots in this place; see ``FillingTable``.
    var fillings: Int
    var scope: Scope
    var emitter = Emitter()
  }

  private let library: TemplateLibrary
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var programs: [Program] = []
  private var programOfMacro: [MacroKey: Int] = [:]
  private var fillings = FillingTable()
  private var calls: [MacroCall] = []

  init(_ library: TemplateLibrary) { self.library = library }

  /// Compiles an element and everything that it uses.
  ///
  /// - Parameter variable: the name of the only variable at the start.
  /// - Returns: the number of the program to start with.
  mutating func compile(
    _ element: TemplateElement, for type: any TemplateModel.Type, as variable: String, isPage: Bool
  ) -> Int {
    var context = Context(program: addProgram(), fillings: FillingTable.none, scope: Scope(variable, type))
    if isPage { context.emitter.emit(markup: "<!DOCTYPE html>\n") }
    compile(element, in: &context)
    programs[context.program] = context.emitter.program
    if diagnostics.isEmpty { diagnostics += endlessCalls(calls) }
    return context.program
  }

  mutating func report(_ attribute: StatementAttribute, _ offset: Int, _ message: String) {
    diagnostics.append(Diagnostic(.template, at: attribute.location(offset), message))
  }

  private mutating func addProgram() -> Int {
    programs.append(Program())
    return programs.count - 1
  }

  // MARK: Elements

  /// In TAL's order: define, condition, repeat, then content or replace, attributes, omit-tag. METAL is processed
  /// before all of them.
  private mutating func compile(_ element: TemplateElement, in context: inout Context) {
    let statements = element.statements
    if let slot = statements.defineSlot, let filling = fillings[context.fillings, slot] {
      let outer = context.fillings
      context.fillings = filling.outer
      compile(filling.element, in: &context)
      context.fillings = outer
      return
    }
    for (name, path, attribute) in statements.define { define(name, path, attribute, in: &context) }
    let condition = statements.condition.flatMap { jump(unless: $0.expression, $0.attribute, in: &context) }
    if let (name, path, attribute) = statements.repetition {
      let loop = openLoop(name, path, attribute, in: &context)
      compileOnce(element, in: &context)
      context.scope.removeLast()
      context.emitter.close(loop)
    } else {
      compileOnce(element, in: &context)
    }
    context.emitter.close(condition)
    for _ in statements.define {
      context.scope.removeLast()
      context.emitter.emit(.pop)
    }
  }

  /// The element within its repetition.
  private mutating func compileOnce(_ element: TemplateElement, in context: inout Context) {
    let statements = element.statements
    if let (macro, attribute) = statements.useMacro {
      call(macro, from: element, attribute, in: &context)
    } else if let (expression, attribute) = statements.content, statements.replacesElement {
      write(expression, attribute, in: &context)
    } else if element.hasNoTags {
      compileContent(of: element, in: &context)
    } else {
      compileWithTags(element, in: &context)
    }
  }

  private mutating func compileWithTags(_ element: TemplateElement, in context: inout Context) {
    let omission = element.statements.omitTag
    func jumpOverTag(_ compiler: inout Compiler, _ context: inout Context) -> Int? {
      guard let omission, let expression = omission.expression else { return nil }
      return compiler.jump(unless: .not(expression), omission.attribute, in: &context)
    }

    let overStart = jumpOverTag(&self, &context)
    context.emitter.emit(markup: "<\(element.name)")
    compileAttributes(of: element, in: &context)
    context.emitter.emit(markup: element.closesItself ? "/>" : ">")
    context.emitter.close(overStart)
    guard !element.closesItself else { return }

    let preformatted = element.isPreformatted ? context.emitter.open(.preformatted(end: 0)) : nil
    compileContent(of: element, in: &context)
    context.emitter.close(preformatted)

    let overEnd = jumpOverTag(&self, &context)
    context.emitter.emit(markup: "</\(element.name)>")
    context.emitter.close(overEnd)
  }

  private mutating func compileContent(of element: TemplateElement, in context: inout Context) {
    if let (expression, attribute) = element.statements.content {
      write(expression, attribute, in: &context)
      return
    }
    for child in element.children {
      switch child {
      case .element(let inner): compile(inner, in: &context)
      case .text(let text) where element.isRawText: context.emitter.emit(markup: text)
      case .text(let text): context.emitter.emit(text: text)
      }
    }
  }

  // MARK: Macros

  private mutating func call(
    _ reference: MacroReference, from element: TemplateElement, _ attribute: StatementAttribute,
    in context: inout Context
  ) {
    // Missing macros have been reported when the library was checked.
    guard let macro = library.macros[reference] else { return }
    guard let filled = fillings.add(element, outer: context.fillings) else {
      report(
        attribute, 0,
        """
        the macro '\(reference.name)' uses itself with ever more slots filled, and would never end; \
        use it without filling slots
        """)
      return
    }
    let scope = context.scope.forCallee
    let key = MacroKey(reference, scope, fillings: filled)
    let callee = programOfMacro[key] ?? addProgram()
    if programOfMacro.updateValue(callee, forKey: key) == nil {
      var context = Context(program: callee, fillings: filled, scope: scope)
      compile(macro, in: &context)
      programs[callee] = context.emitter.program
    }
    let visible = context.scope.visible
    context.emitter.emit(.call(program: callee, arguments: context.emitter.store(arguments: visible.map(\.index))))
    calls.append(
      MacroCall(
        caller: context.program, callee: callee, macro: reference.name, location: attribute.location(),
        origins: Dictionary(
          visible.compactMap { _, variable in variable.origin.map { (variable.name, $0) } }, uniquingKeysWith: { $1 })))
  }
}
