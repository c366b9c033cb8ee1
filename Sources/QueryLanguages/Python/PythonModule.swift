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
  private var parsed: [String: PythonFunction] = [:]
  private(set) var faults: [PythonParser.Fault] = []
  /// More than in any real module.
  static let tokenLimit = 400_000

  var bytes: [UInt8] { lines.bytes }

  init(_ name: String, _ bytes: [UInt8]) {
    self.name = name
    // Line feeds in place of a byte order mark: the offsets stay, and the first line isn't indented.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = bytes.starts(with: mark) ? mark.map { _ in UInt8(ascii: "\n") } + bytes.dropFirst(mark.count) : bytes
    lines = PythonLines(bytes, limit: PythonModule.tokenLimit)
    for (index, line) in lines.lines.enumerated() { note(line, index) }
  }

  private func note(_ line: PythonLines.Line, _ index: Int) {
    var parser = PythonParser(lines, line.tokens)
    guard line.indent == 0 else { return }
    _ = parser.take("async")
    if parser.take("def") {
      if let name = parser.name() { functions[name] = index }
    } else if parser.take("class") {
      if let name = parser.name() { classes.insert(name) }
    } else if parser.isNext("import") || parser.isNext("from") {
      for item in parser.imports() { imports[item.local] = item }
    } else if let name = parser.name() {
      if parser.isNext("=") || parser.isNext(":") {
        constants[name] = [index]
      } else {
        constants[name]?.append(index)
      }
    }
  }

  /// nil if there is no such function.
  func function(_ name: String) -> PythonFunction? {
    if let known = parsed[name] { return known }
    guard let index = functions[name] else { return nil }
    var block = PythonBlockParser(lines)
    let function = block.function(at: index)
    faults += block.faults
    parsed[name] = function
    return function
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

  func source(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }
}
