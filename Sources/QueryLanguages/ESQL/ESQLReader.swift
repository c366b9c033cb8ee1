import Diagnostics
import RuleModel
import Text

/// Reads one ES|QL query: its commands in order, and the names that they define.
final class ESQLReader {
  let bytes: [UInt8]
  let place: (Int) -> SourcePosition
  let clauses: Clauses
  var stages: [Stage] = []
  var sources: [QuerySource] = []
  var faults: [QueryFault] = []
  /// Whether a condition uses values from other events.
  var joinsEvents = false
  /// The nesting depth of the query being read.
  private var depth = 0
  /// Deeper than in any real query, and shallow enough for the stack.
  private static let maximalDepth = 6

  init(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) {
    bytes = query
    self.place = place
    clauses = Clauses(bytes: query, rules: ESQL.grammar.tokens)
  }

  func read() -> QueryReading {
    var columns = ComputedNames()
    let statements = pipelineCommands(of: bytes, dividedBy: ";", clauses.rules)
    for statement in statements where !isSetting(statement) {
      _ = pipeline(in: statement.span, &columns)
    }
    faults += QueryFault.unbalanced(in: bytes, ESQL.grammar, place) + QueryFault.unread(in: stages)
    return QueryReading(
      sources: sources.distinct(by: \.name), stages: stages, match: joinsEvents ? .join(by: [], within: nil) : .single,
      faults: QueryFault.inOrder(faults))
  }

  /// `SET time_zone = "+05:00"` before a query doesn't test events.
  private func isSetting(_ statement: PipelineCommand) -> Bool {
    statement.name.map { source($0).lowercased() == "set" } ?? false
  }

  // MARK: Pipelines

  /// Reads a query, including its source.
  ///
  /// - Returns: the index of its first stage; nil if it is nested too deep.
  func pipeline(in range: Range<Int>, _ columns: inout ComputedNames) -> Int? {
    var commands = pipelineCommands(of: bytes, in: range, dividedBy: "|", clauses.rules)[...]
    guard let first = commands.first, enter(at: first.span.lowerBound) else { return nil }
    defer { depth -= 1 }
    let (name, body) = nameAndBody(of: first)
    let index = stages.count
    let isSource = ESQL.commands[name]?.isSource ?? false
    stages.append(
      Stage(
        name: isSource ? name : "query", form: .source, language: .esql, text: isSource ? source(first.span) : nil,
        predicate: .all([]), position: place(first.span.lowerBound)))
    var logic: [Predicate] = []
    if isSource {
      commands.removeFirst()
      if let predicate = read(source: name, first, body, &columns) { logic.append(predicate) }
    } else {
      faults.append(
        QueryFault(
          .querySyntax, "the query reads nothing; start it with FROM and the names of indices",
          at: place(first.span.lowerBound)))
    }
    logic += self.commands(commands, &columns)
    stages[index].predicate = .all(logic)
    return index
  }

  /// Reads the commands that follow a source.
  ///
  /// - Returns: the conditions of the commands that filter.
  func commands(in range: Range<Int>, _ columns: inout ComputedNames) -> [Predicate] {
    guard enter(at: range.lowerBound) else {
      return [.opaque(shortened(source(range)), at: place(range.lowerBound))]
    }
    defer { depth -= 1 }
    return commands(pipelineCommands(of: bytes, in: range, dividedBy: "|", clauses.rules)[...], &columns)
  }

  private func commands(_ commands: ArraySlice<PipelineCommand>, _ columns: inout ComputedNames) -> [Predicate] {
    var logic: [Predicate] = []
    for command in commands {
      let (name, body) = nameAndBody(of: command)
      let index = stages.count
      stages.append(
        Stage(
          name: name, form: .command, language: .esql, text: source(command.span), predicate: .all([]),
          position: place(command.span.lowerBound)))
      guard let predicate = read(command: name, command, body, &columns) else { continue }
      stages[index].predicate = predicate
      logic.append(.stage(index))
    }
    return logic
  }

  private func enter(at offset: Int) -> Bool {
    guard depth < ESQLReader.maximalDepth else {
      faults.append(
        QueryFault(
          .querySyntax, "queries are nested more than \(ESQLReader.maximalDepth) deep; simplify them",
          at: place(offset)))
      return false
    }
    depth += 1
    return true
  }

  /// The words that identify the command, in lower case, and the text after them.
  private func nameAndBody(of command: PipelineCommand) -> (name: String, body: Range<Int>) {
    var lexer = Lexer(bytes, in: command.span, rules: clauses.rules)
    func next() -> Token? {
      while let token = lexer.next() { if token.kind != .comment { return token } }
      return nil
    }
    guard let first = next() else { return ("", command.span) }
    func body(from token: Token?) -> Range<Int> {
      (token?.span.lowerBound ?? command.span.upperBound)..<command.span.upperBound
    }
    let name = source(first.span).lowercased()
    let second = next()
    if let second, case let both = name + " " + source(second.span).lowercased(), ESQL.commands[both] != nil {
      return (both, body(from: next()))
    }
    return (shortened(name), body(from: second))
  }

  func source(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }
}
