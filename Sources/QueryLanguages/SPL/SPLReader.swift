import Diagnostics
import RuleModel
import Text

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
  /// Whether an app defines a command.
  let definesCommand: (String) -> Bool
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
  /// The nesting depth of the search being read.
  private(set) var depth: Int
  var work: Work

  /// - Parameters:
  ///   - depth: how many searches are around it.
  ///   - work: what these have used.
  init(
    _ query: [UInt8], macros: @escaping SPLMacro.Lookup, definesCommand: @escaping (String) -> Bool, depth: Int = 0,
    after work: Work = Work(), place: @escaping (Int) -> SourcePosition
  ) {
    text = SPLText(query, macros: macros, unfoldedBytes: work.unfoldedBytes)
    self.work = work
    self.work.unfoldedBytes = text.unfoldedBytes
    bytes = text.bytes
    values = ValueReader(bytes: bytes, rules: SPL.grammar.tokens)
    self.macros = macros
    self.definesCommand = definesCommand
    self.depth = depth
    locate = place
  }

  func reading() -> QueryReading {
    _ = read()
    faults += QueryFault.unread(in: stages)
    return QueryReading(
      sources: unique(sources[...]), stages: stages,
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

  /// Those that differ in more than their places.
  private func unique(_ sources: ArraySlice<QuerySource>) -> [QuerySource] {
    sources.distinct { QuerySource($0.kind, $0.name, at: .start) }
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
      let own = unique(sources[known...])
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
    var nameEnd = first.span.upperBound
    if first.kind == .word { nameEnd = endOfName(first.span) }
    let word = first.kind == .word ? expanded(first.span.lowerBound..<nameEnd).lowercased() : ""
    let isCommand =
      !isFirst || afterPipe || word == "search" || !isWhole && SPL.generators.contains(word)
    // Only parts of a search go on with any command.
    let name = isCommand || !isWhole && SPL.isCommand(word) ? word : "search"
    let bodyStart = name == word && first.kind == .word ? nameEnd : first.span.lowerBound
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

  /// Where a command's name ends, which a sign may follow without a space: `fields- _raw`, `sort-count`.
  private func endOfName(_ word: Range<Int>) -> Int {
    guard
      let sign = bytes[word].firstIndex(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }),
      SPL.signedCommands.contains(expanded(word.lowerBound..<sign).lowercased())
    else { return word.upperBound }
    return sign
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
  func tokens(_ range: Range<Int>, _ grammar: Grammar = SPL.search) -> [Token] {
    withTemplatesJoined(grammar.tokens(of: bytes, in: range))
  }

  /// `<<FIELD>>_total`, which `foreach` replaces, is a name.
  private func withTemplatesJoined(_ tokens: [Token]) -> [Token] {
    let (open, close) = (UInt8(ascii: "<"), UInt8(ascii: ">"))
    guard let first = tokens.firstIndex(where: { bytes[$0.span.lowerBound] == open && $0.kind == .symbol }) else {
      return tokens
    }
    func isSymbol(_ index: Int, _ byte: UInt8) -> Bool {
      index < tokens.count && tokens[index].kind == .symbol && tokens[index].span.count == 1
        && bytes[tokens[index].span.lowerBound] == byte
    }
    /// Where the template that starts at a token ends; nil if none does. It has no spaces.
    func endOfTemplate(_ start: Int) -> Int? {
      guard isSymbol(start, open), isSymbol(start + 1, open), start + 4 < tokens.count, tokens[start + 2].kind == .word,
        isSymbol(start + 3, close), tokens[start + 4].kind == .symbol,
        bytes[tokens[start + 4].span.lowerBound] == close
      else { return nil }
      let end = tokens[start + 4].span.lowerBound + 1
      return end - tokens[start].span.lowerBound == tokens[start + 2].span.count + 4 ? end : nil
    }
    var joined = Array(tokens[..<first])
    var at = first
    while at < tokens.count {
      guard let end = endOfTemplate(at) else {
        // What follows a template directly is a part of the name.
        if tokens[at].kind == .word || tokens[at].kind == .number, let last = joined.last, last.kind == .word,
          last.span.upperBound == tokens[at].span.lowerBound, bytes[last.span.upperBound - 1] == close
        {
          joined[joined.count - 1].span = last.span.lowerBound..<tokens[at].span.upperBound
        } else {
          joined.append(tokens[at])
        }
        at += 1
        continue
      }
      var span = tokens[at].span.lowerBound..<end
      if let last = joined.last, last.kind == .word, last.span.upperBound == span.lowerBound {
        span = last.span.lowerBound..<span.upperBound
        joined.removeLast()
      }
      joined.append(Token(.word, span))
      // In `<<FIELD>>=1` the last bracket and the sign are one token.
      let last = tokens[at + 4].span
      if end < last.upperBound { joined.append(Token(.symbol, end..<last.upperBound)) }
      at += 5
    }
    return joined
  }
}

extension SourcePosition {
  fileprivate static let start = SourcePosition(line: 1, column: 1)
}
