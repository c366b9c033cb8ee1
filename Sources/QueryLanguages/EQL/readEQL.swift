package import Diagnostics
package import RuleModel

/// Reads an EQL query: its sources, a stage for each event that it looks for, and one for each pipe.
///
/// - Parameter place: converts an offset in the query into a position in the rule's file.
package func readEQL(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  var reader = EQLReader(query, place: place)
  return reader.reading()
}

/// Splits a query into its events and pipes, and reads the logic of each.
struct EQLReader {
  let bytes: [UInt8]
  let place: (Int) -> SourcePosition
  /// Without comments.
  let tokens: [Token]
  var next = 0
  var stages: [Stage] = []
  var sources: [QuerySource] = []
  /// The names of the sources found so far.
  private var known: Set<String> = []
  /// The category in the part read last; nil for any.
  var category: String?
  /// The names by which later events of a sequence refer to earlier ones: `[process where …] as event0`.
  var events: Set<String> = []
  var faults: [QueryFault] = []

  init(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) {
    bytes = query
    self.place = place
    tokens = EQL.grammar.tokens(of: query)
  }

  mutating func reading() -> QueryReading {
    guard let first = tokens.first else { return QueryReading() }
    guard tokens.count <= EQL.grammar.limits.tokens else {
      let fault = SyntaxFault(kind: .tooLong, index: 0, offset: first.span.lowerBound)
      faults.append(.syntax(fault, in: bytes, limits: EQL.grammar.limits, place))
      let text = shortened(self.text(first.span.lowerBound..<bytes.count))
      return QueryReading(
        stages: [stage("event", .source, first.span, .opaque(text, at: place(first.span.lowerBound)))], faults: faults)
    }
    let match = startsRelation ? readRelation() : readEvent()
    readPipes()
    faults += QueryFault.unread(in: stages)
    return QueryReading(
      sources: sources, stages: stages, match: match, faults: faults.sorted { $0.position < $1.position })
  }

  // MARK: One event

  /// Up to the first pipe: `process where …`.
  private mutating func readEvent() -> Match {
    let span = spanUpToPipe()
    let known = sources.count
    let predicate = logic(in: span)
    let category = sources.count > known ? sources[known] : nil
    // The category, and the condition on its events.
    let start = tokens.first { isWord($0, "where") && span.contains($0.span.lowerBound) && category != nil }
    let command = (start?.span.lowerBound ?? span.lowerBound)..<span.upperBound
    let head = Stage(
      name: "event", form: .source, language: .eql, text: category?.name ?? "any", predicate: .all([.stage(1)]),
      position: place(span.lowerBound))
    stages = [head, stage("where", .command, command, predicate)]
    return .single
  }

  private mutating func spanUpToPipe() -> Range<Int> {
    let start = tokens[next].span.lowerBound
    skip(toSymbols: ["|"])
    // The next token may already be another pipe.
    return start..<(next > 0 ? max(start, tokens[next - 1].span.upperBound) : start)
  }

  // MARK: Pipes

  private mutating func readPipes() {
    while next < tokens.count {
      // A pipe, or a token that can't continue a query.
      if isSymbol(tokens[next], "|") { next += 1 } else { report(.unexpected) }
      guard next < tokens.count else { return report(.missingName) }
      let word = tokens[next]
      let span = spanUpToPipe()
      guard !span.isEmpty else { continue }
      let name = text(word.span).lowercased()
      var predicate = Predicate.always
      if name == "filter" {
        predicate = logic(in: word.span.upperBound..<span.upperBound)
        if case .all(let parts) = stages[0].predicate { stages[0].predicate = .all(parts + [.stage(stages.count)]) }
      } else if !EQL.pipes.contains(name) {
        faults.append(
          QueryFault(
            .queryFunction, "'\(shortened(text(word.span)))' isn't a pipe of EQL; it has head and tail",
            at: place(word.span.lowerBound)))
      }
      stages.append(stage(name, .command, span, predicate))
    }
  }

  // MARK: Logic

  /// The conditions that a part of the query places on an event; the categories in it are recorded.
  mutating func logic(in span: Range<Int>) -> Predicate {
    category = nil
    var parser = PrattParser(bytes, in: span, grammar: EQL.grammar)
    var predicate: Predicate
    do throws(SyntaxFault) {
      let expression = try parser.parse()
      var lowering = ExpressionLowering(language: EQL.lowering, bytes: bytes, place: place)
      for event in events { lowering.bindings[event] = .event }
      lowering.special = EQL.search
      predicate = logic(of: expression, lowering)
      faults += parser.faults.map { .syntax($0, in: bytes, limits: EQL.grammar.limits, place) }
    } catch {
      predicate = .opaque(shortened(text(span)), at: place(span.lowerBound))
      faults.append(.syntax(error, in: bytes, limits: EQL.grammar.limits, place))
    }
    faults += EQL.lowering.unknownFunctions(in: parser, place)
    return predicate
  }

  private mutating func logic(of expression: Expression, _ lowering: ExpressionLowering) -> Predicate {
    switch expression.kind {
    case .infix(.and, let parts): .all(parts.map { logic(of: $0, lowering) })
    case .infix(.or, let parts): .any(parts.map { logic(of: $0, lowering) })
    case .prefix(.not, let part): .not(logic(of: part, lowering))
    case .prefix(.named(let word), let part) where EQL.lineage.contains(word): logic(of: part, lowering)
    case .infix(.named(EQL.wherePower), let parts) where parts.count == 2: events(of: parts[0], parts[1], lowering)
    default: lowering.predicate(of: expression)
    }
  }

  private mutating func events(of category: Expression, _ condition: Expression, _ lowering: ExpressionLowering)
    -> Predicate
  {
    if let name = lowering.text(of: category) {
      self.category = name == "any" ? nil : name
      if known.insert(name).inserted {
        sources.append(QuerySource(.category, name, at: place(category.span.lowerBound)))
      }
    }
    return logic(of: condition, lowering)
  }

  // MARK: Tokens

  /// Moves to the next of these symbols and words outside brackets, or to the end.
  mutating func skip(toSymbols symbols: [String], words: [String] = []) {
    var level = 0
    while next < tokens.count {
      let token = tokens[next]
      if level == 0, symbols.contains(where: { isSymbol(token, $0) }) || words.contains(where: { isWord(token, $0) }) {
        return
      }
      level = max(0, level + depth(of: token))
      next += 1
    }
  }

  /// The change in bracket depth after a token.
  func depth(of token: Token) -> Int {
    guard token.kind == .symbol else { return 0 }
    switch bytes[token.span.lowerBound] {
    case UInt8(ascii: "("), UInt8(ascii: "["): return 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"): return -1
    default: return 0
    }
  }

  mutating func report(_ kind: SyntaxFault.Kind, opener: Token? = nil) {
    let offset = next < tokens.count ? tokens[next].span.lowerBound : bytes.count
    faults.append(
      .syntax(
        SyntaxFault(kind: kind, index: next, offset: offset, opener: opener), in: bytes, limits: EQL.grammar.limits,
        place))
  }

  func isSymbol(_ token: Token, _ text: String) -> Bool {
    token.kind == .symbol && isSame(bytes, token.span, as: Array(text.utf8), ignoringCase: false)
  }

  func isWord(_ token: Token, _ text: String) -> Bool {
    token.kind == .word && isSame(bytes, token.span, as: Array(text.utf8), ignoringCase: true)
  }

  func text(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }

  func stage(_ name: String, _ form: Stage.Form, _ span: Range<Int>, _ predicate: Predicate) -> Stage {
    Stage(
      name: name, form: form, language: .eql, text: text(span), predicate: predicate, position: place(span.lowerBound))
  }
}
