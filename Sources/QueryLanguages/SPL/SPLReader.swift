import Diagnostics
import RuleModel

/// Reads one search: its commands in order, and the names that they define.
final class SPLReader {
  /// The limits on the work for one search.
  struct Limits {
    /// How deeply searches may be nested.
    var depth = 8
    /// How many commands are read.
    var commands = 2000
    /// How many patterns with stars rename fields: each looks at all names.
    var renames = 256
  }

  /// How much of the limits has been used, by the searches inside strings as well.
  struct Work {
    var commands = 0
    var renames = 0
    /// How many bytes macros stand for.
    var unfoldedBytes = 0
  }

  /// A command, and what follows its name.
  struct Command {
    /// In lower case; empty for a macro that isn't known.
    var name: String
    var span: Range<Int>
    var body: Range<Int>
  }

  let limits = Limits()
  let text: SPLText
  let bytes: [UInt8]
  let values: ValueReader
  let macros: SPLMacro.Lookup
  private let locate: (Int) -> SourcePosition
  var stages: [Stage] = []
  var sources: [QuerySource] = []
  var faults: [QueryFault] = []
  /// Whether a condition uses values from other events.
  var joinsEvents = false
  /// How events make a transaction, if they do.
  var transaction: Match?
  /// What the search computes.
  private(set) var columns = ComputedNames()
  /// Whether the condition being read excludes events.
  var isExcluding = false
  /// The nesting depth of the search being read.
  private(set) var depth: Int
  var work: Work

  /// - Parameters:
  ///   - depth: how many searches are around it.
  ///   - work: what these have used.
  init(
    _ query: [UInt8], macros: @escaping SPLMacro.Lookup, depth: Int = 0, after work: Work = Work(),
    place: @escaping (Int) -> SourcePosition
  ) {
    text = SPLText(query, macros: macros, unfoldedBytes: work.unfoldedBytes)
    self.work = work
    self.work.unfoldedBytes = text.unfoldedBytes
    bytes = text.bytes
    values = ValueReader(bytes: bytes, rules: SPL.grammar.tokens)
    self.macros = macros
    self.depth = depth
    locate = place
  }

  func reading() -> QueryReading {
    _ = read()
    faults += QueryFault.unread(in: stages)
    return QueryReading(
      sources: distinct(sources[...]), stages: stages,
      match: transaction ?? (joinsEvents ? .join(by: [], within: nil) : .single),
      faults: QueryFault.inOrder(faults))
  }

  /// Reads the whole text.
  ///
  /// - Returns: the index of its first stage; nil if there is none.
  func read() -> Int? {
    reportMacros()
    let first = pipeline(in: 0..<bytes.count, &columns, isWhole: true)
    faults += unbalanced
    return first
  }

  /// Reports what is wrong with the macros that the text uses.
  func reportMacros() {
    for fault in text.faults { faults.append(QueryFault(.querySyntax, fault.message, at: locate(fault.offset))) }
  }

  private func distinct(_ sources: ArraySlice<QuerySource>) -> [QuerySource] {
    var seen: Set<QuerySource> = []
    return sources.filter { seen.insert(QuerySource($0.kind, $0.name, at: .start)).inserted }
  }

  private func spelling(of sources: [QuerySource]) -> String {
    sources.map { source in
      switch source.kind {
      case .index: "index=\(source.name)"
      case .source: "source=\(source.name)"
      case .sourceType: "sourcetype=\(source.name)"
      case .dataModel: "datamodel=\(source.name)"
      case .eventType: "eventtype=\(source.name)"
      case .lookup: "lookup \(source.name)"
      case .macro: "`\(source.name)`"
      case .table, .category: source.name
      }
    }.joined(separator: ", ")
  }

  private var unbalanced: [QueryFault] {
    Array(QueryFault.unbalanced(in: bytes, SPL.search, place).prefix(1))
  }

  func place(_ offset: Int) -> SourcePosition { locate(text.sourceOffset(offset)) }

  func written(_ span: Range<Int>) -> String { text.written(span) }

  func expanded(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }

  func report(_ id: CheckID, _ message: String, at offset: Int) {
    faults.append(QueryFault(id, message, at: place(offset)))
  }

  func opaque(_ span: Range<Int>) -> Predicate { .opaque(shortened(written(span)), at: place(span.lowerBound)) }
  func noTest(_ span: Range<Int>) -> Predicate { .noTest(shortened(written(span)), at: place(span.lowerBound)) }

  // MARK: Pipelines

  /// Reads a search. Its first stage has the logic of all its commands.
  ///
  /// - Parameters:
  ///   - columns: what is computed before it, for a search that goes on with the same events; afterwards also what it
  ///     computes itself.
  ///   - isWhole: whether it isn't a part of another one, so that it begins with what `search` looks for unless a pipe
  ///     comes first.
  /// - Returns: the index of its first stage; nil if it is empty or nested too deep.
  func pipeline(in range: Range<Int>, _ columns: inout ComputedNames, isWhole: Bool = false) -> Int? {
    guard depth < limits.depth else {
      report(
        .querySyntax, "searches are nested more than \(limits.depth) deep; simplify them", at: range.lowerBound)
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    let known = sources.count
    var at = range.lowerBound
    var index: Int?
    var logic: [Predicate] = []
    while let command = command(from: &at, to: range.upperBound, isFirst: index == nil, isWhole: isWhole) {
      work.commands += 1
      guard work.commands <= limits.commands else {
        if work.commands == limits.commands + 1 {
          report(
            .querySyntax, "the search has more than \(limits.commands) commands; the others aren't read",
            at: command.span.lowerBound)
        }
        if index != nil {
          logic.append(addStage(Command(name: "", span: command.span, body: command.span), opaque(command.span)))
        }
        break
      }
      if index == nil {
        index = stages.count
        stages.append(
          Stage(
            name: isWhole && depth == 1 ? "query" : "subsearch", form: .source, language: .spl, predicate: .always,
            position: place(command.span.lowerBound)))
      }
      apply(command, &logic, &columns)
    }
    if let index {
      stages[index].predicate = .all(logic)
      let own = distinct(sources[known...])
      if !own.isEmpty { stages[index].text = spelling(of: own) }
    }
    return index
  }

  /// The next command; nil at the end.
  private func command(from at: inout Int, to end: Int, isFirst: Bool, isWhole: Bool) -> Command? {
    var lexer = Lexer(bytes, in: at..<end, rules: SPL.search.tokens)
    var afterPipe = false
    var first: Token?
    while let token = lexer.next() {
      if token.kind == .comment { continue }
      first = token
      guard isPipe(token) else { break }
      (first, afterPipe) = (nil, true)
    }
    guard let first else {
      at = end
      return nil
    }
    let word = first.kind == .word ? expanded(first.span).lowercased() : ""
    let isCommand =
      !isFirst || afterPipe || word == "search" || !isWhole && SPL.generators.contains(word)
    // Only parts of a search go on with any command.
    let name = isCommand || !isWhole && SPL.isCommand(word) ? word : "search"
    let bodyStart = name == word && first.kind == .word ? first.span.upperBound : first.span.lowerBound
    let rules = (SPL.expressionCommands.contains(name) ? SPL.grammar : SPL.search).tokens
    lexer = Lexer(bytes, in: bodyStart..<end, rules: rules)
    var (level, last) = (0, first.span.upperBound)
    at = end
    while let token = lexer.next() {
      if token.kind == .comment { continue }
      if level == 0, isPipe(token) {
        at = token.span.lowerBound
        break
      }
      if token.kind == .symbol, bytes[token.span.lowerBound] == UInt8(ascii: "[") { level += 1 }
      if token.kind == .symbol, bytes[token.span.lowerBound] == UInt8(ascii: "]") { level = max(0, level - 1) }
      last = max(last, token.span.upperBound)
    }
    return Command(name: name, span: first.span.lowerBound..<last, body: min(bodyStart, last)..<last)
  }

  private func isPipe(_ token: Token) -> Bool {
    token.kind == .symbol && bytes[token.span.lowerBound] == UInt8(ascii: "|")
  }

  // MARK: Stages

  /// - Returns: its reference.
  @discardableResult func addStage(_ command: Command, _ predicate: Predicate = .always) -> Predicate {
    stages.append(
      Stage(
        name: command.name.isEmpty ? "macro" : shortened(command.name), form: .command, language: .spl,
        text: written(command.span), predicate: predicate, position: place(command.span.lowerBound)))
    return .stage(stages.count - 1)
  }

  /// Adds the stages of a search inside a string, what it reads and what is wrong with it.
  ///
  /// - Returns: where its stages begin.
  func add(_ search: SPLReader) -> Int {
    let start = stages.count
    stages += search.stages.referring(from: start)
    sources += search.sources
    faults += search.faults
    joinsEvents = joinsEvents || search.joinsEvents
    work = search.work
    return start
  }

  /// The tokens of a part of the text, without comments.
  func tokens(_ range: Range<Int>, _ grammar: Grammar = SPL.search) -> [Token] { grammar.tokens(of: bytes, in: range) }
}

extension SourcePosition {
  fileprivate static let start = SourcePosition(line: 1, column: 1)
}
