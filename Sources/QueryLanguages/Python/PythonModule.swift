/// A module as far as its top level: what it defines, and where. Bodies are parsed when they are needed.
final class PythonModule {
  let name: String
  let lines: PythonLines
  /// The first line of each function, as an index.
  private var functions: [String: Int] = [:]
  /// The lines that give each name its value: the last assignment, and what changes it afterwards.
  private var constants: [String: [Int]] = [:]
  private(set) var classes: Set<String> = []
  private(set) var imports: [String: PythonImport] = [:]
  /// The modules all of whose names are taken, in order.
  private(set) var wholeImports: [String] = []
  private var origins: [String: Int] = [:]
  private var parsed: [String: PythonFunction?] = [:]
  private var types: [String: PythonClass?] = [:]
  private(set) var faults: [PythonParser.Fault] = []
  /// More than in any real module.
  static let tokenLimit = 400_000

  var bytes: [UInt8] { lines.bytes }

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    lines = PythonLines(bytes, limit: PythonModule.tokenLimit)
    for (index, line) in lines.lines.enumerated() { note(line, index) }
  }

  private func note(_ line: PythonLines.Line, _ index: Int) {
    var parser = PythonParser(lines, line.tokens)
    guard line.indent == 0 else { return }
    _ = parser.take("async")
    if parser.take("def") {
      if let name = parser.name() { define(name, at: index) { functions[name] = index } }
    } else if parser.take("class") {
      if let name = parser.name() { define(name, at: index) { classes.insert(name) } }
    } else if parser.isNext("import") || parser.isNext("from") {
      for item in parser.imports() {
        if item.name == PythonImport.everything {
          wholeImports.append(item.module)
        } else {
          define(item.local, at: index) { imports[item.local] = item }
        }
      }
    } else if let name = parser.name() {
      if parser.isNext("=") || parser.isNext(":") {
        define(name, at: index) { constants[name] = [index] }
      } else {
        constants[name]?.append(index)
      }
    }
  }

  /// The last definition of a name holds.
  private func define(_ name: String, at line: Int, _ add: () -> Void) {
    functions[name] = nil
    classes.remove(name)
    imports[name] = nil
    constants[name] = nil
    origins[name] = line
    add()
  }

  /// nil if there is no such function.
  func function(_ name: String) -> PythonFunction? {
    if let known = parsed[name] { return known }
    let function: PythonFunction?
    if let index = functions[name] {
      var block = PythonBlockParser(lines)
      function = block.function(name, at: index)
      faults += block.faults
    } else {
      function = lambda(name)
    }
    parsed[name] = function
    return function
  }

  /// nil if there is no such class, or it can't be read.
  func type(_ name: String) -> PythonClass? {
    if let known = types[name] { return known }
    var block = PythonBlockParser(lines)
    let type = classes.contains(name) ? origins[name].flatMap { block.type(at: $0) } : nil
    types[name] = .some(type)
    return type
  }

  /// `name = lambda event: …` also defines a function.
  private func lambda(_ name: String) -> PythonFunction? {
    guard constants[name]?.count == 1, let statement = definition(of: name).first,
      case .assignment(let targets, let value) = statement.kind, targets.count == 1,
      case .lambda(let parameters, let body) = value.kind
    else { return nil }
    return PythonFunction(
      name: name, parameters: parameters, span: statement.span, body: [PythonStatement(.result(body), body.span)])
  }

  /// The statements at the top level that give a name its value; empty if none does.
  func definition(of name: String) -> [PythonStatement] {
    (constants[name] ?? []).prefix(PythonModule.changeLimit).map { index in
      var block = PythonBlockParser(lines)
      let statement = block.simple(lines.lines[index].tokens)
      faults += block.faults
      return statement
    }
  }

  /// How often a module may change a name's value.
  private static let changeLimit = 100

  /// The line that gives a name its meaning; nil if none does.
  func origin(of name: String) -> Range<Int>? {
    origins[name].map { index in
      let line = lines.tokens[lines.lines[index].tokens]
      return (line.first?.span.lowerBound ?? 0)..<(line.last?.span.upperBound ?? 0)
    }
  }

  func source(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }

  /// The text's beginning: more than is shown of it where it is only a part of the logic.
  func beginning(of span: Range<Int>) -> String { source(span.prefix(1_000)) }
}
