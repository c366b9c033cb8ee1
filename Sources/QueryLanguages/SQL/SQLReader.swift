package import Diagnostics
package import RuleModel

/// Reads the queries of osquery and of Panther's data lake: the sources of each, and a stage for each of its clauses.
///
/// - Parameter place: converts an offset in the query into a position in the rule's file.
package func readSQL(_ query: [UInt8], as sql: SQL = .sqlite, place: @escaping (Int) -> SourcePosition) -> QueryReading
{
  SQLReader(query, as: sql, place: place).read()
}

/// Splits queries into clauses, and reads the logic of those that filter.
final class SQLReader {
  private let bytes: [UInt8]
  private let sql: SQL
  private let clauseSearch: Clauses
  private let place: (Int) -> SourcePosition
  private var stages: [Stage] = []
  private var sources: [QuerySource] = []
  private var faults: [QueryFault] = []
  /// The queries that `with` names, by name in lower case.
  private var named: [String: NamedQuery] = [:]
  /// The other names of tables of a data lake, and of queries, which say where a column comes from, in lower case.
  private var aliases: [String: ExpressionLowering.Binding] = [:]
  /// The names that select lists have computed so far.
  private var computed = ComputedNames()
  /// The nesting depth of the query being read.
  private var depth = 0
  /// Deeper than in any real query, and shallow enough for the stack.
  private static let maximalDepth = 16

  init(_ query: [UInt8], as sql: SQL, place: @escaping (Int) -> SourcePosition) {
    bytes = query
    self.sql = sql
    clauseSearch = Clauses(bytes: query, rules: sql.grammar.tokens)
    self.place = place
  }

  func read() -> QueryReading {
    let statements = pipelineCommands(of: bytes, dividedBy: ";", sql.grammar.tokens)
    if statements.count == 1 {
      _ = query(in: statements[0].span)
      addUnreadQueries()
    } else if let first = statements.first {
      // Several queries, each of which is evaluated separately.
      stages.append(Stage(name: "queries", language: .sql, predicate: .never, position: place(first.span.lowerBound)))
      stages[0].predicate = .any(statements.compactMap { query(in: $0.span) })
    }
    var seen: Set<String> = []
    let sources = sources.filter { seen.insert($0.name).inserted }
    faults += QueryFault.unbalanced(in: bytes, sql.grammar, place) + QueryFault.unread(in: stages)
    return QueryReading(sources: sources, stages: stages, faults: QueryFault.inOrder(faults))
  }

  /// A common table expression.
  private struct NamedQuery {
    var span: Range<Int>
    /// Its logic, once it has been read.
    var logic: Predicate?
    /// A query that reads itself, as a recursive one does, adds nothing to its logic.
    var isBeingRead = false
  }

  /// What a template puts in when the query runs reads the queries that nothing else does.
  private func addUnreadQueries() {
    guard hasTemplate else { return }
    for name in named.filter({ $0.value.logic == nil }).keys.sorted() {
      guard let logic = logic(ofNamed: name), !stages.isEmpty else { continue }
      stages[0].predicate = .conjunction([stages[0].predicate, logic])
    }
  }

  private var hasTemplate: Bool {
    let opening = SQL.templateQuotes.open
    return bytes.indices.contains { bytes[$0...].starts(with: opening) }
  }

  // MARK: Queries

  /// - Returns: the stage with the query's logic; nil if it is nested too deep.
  private func query(in range: Range<Int>) -> Predicate? {
    guard depth < SQLReader.maximalDepth else {
      faults.append(
        QueryFault(
          .querySyntax, "queries are nested more than \(SQLReader.maximalDepth) deep; simplify them",
          at: place(range.lowerBound)))
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    var cores: [[Clause]] = [[]]
    for clause in clauses(in: range) {
      if clause.name == "with" { name(in: clause.body) }
      if clause.isSetOperator { cores.append([]) }
      cores[cores.count - 1].append(clause)
    }
    cores.removeAll(where: \.isEmpty)
    guard cores.count > 1 else { return cores.first.map(core) }
    let index = stages.count
    stages.append(
      Stage(name: "union", form: .source, language: .sql, predicate: .never, position: place(range.lowerBound)))
    var parts: [Predicate] = []
    for clauses in cores {
      let known = sources.count
      let part = core(clauses)
      // Rows that the query after `except` returns must not exist.
      if clauses[0].name == "except" || clauses[0].name == "minus" {
        sources.removeSubrange(known...)
      } else {
        parts.append(part)
      }
    }
    stages[index].predicate = .any(parts)
    return .stage(index)
  }

  /// One `select` with its clauses. Its sources are its first stage, wherever they are written.
  private func core(_ clauses: [Clause]) -> Predicate {
    let index = stages.count
    let reads = clauses.first { $0.name == "from" }
    let span = reads?.span ?? clauses[0].span
    stages.append(stage(reads?.name ?? clauses[0].name, .source, span, .all([])))
    var logic: [Predicate] = []
    for clause in clauses where clause.isSelection { noteComputed(in: clause.body) }
    if let reads { logic += tables(in: reads.body) }
    for clause in clauses where clause.name != "from" && (reads != nil || clause != clauses[0]) {
      let place = stages.count
      stages.append(stage(clause.name, .command, clause.span, .all([])))
      guard let predicate = predicate(of: clause) else { continue }
      stages[place].predicate = predicate
      logic.append(.stage(place))
    }
    stages[index].predicate = .all(logic)
    return .stage(index)
  }

  /// nil for a clause that doesn't filter.
  private func predicate(of clause: Clause) -> Predicate? {
    switch clause.name {
    case "where", "having", "qualify": return condition(in: clause.body)
    case "join":
      let joined = tables(in: clause.body)
      let relation = clauseSearch.first(of: ["on", "using"], in: clause.body)
      guard let relation else { return joined.isEmpty ? nil : .all(joined) }
      let text = source(relation.lowerBound..<clause.body.upperBound)
      return .all(joined + [.noTest(shortened(text), at: place(relation.lowerBound))])
    default: return nil
    }
  }

  /// Records what `with` names; it counts where it is read.
  private func name(in range: Range<Int>) {
    for item in pipelineCommands(of: bytes, in: range, dividedBy: ",", sql.grammar.tokens) {
      var lexer = Lexer(bytes, in: item.span, rules: sql.grammar.tokens)
      var first = lexer.next()
      while let token = first, token.kind == .comment || source(token.span).lowercased() == "recursive" {
        first = lexer.next()
      }
      let inner = clauseSearch.brackets(in: item.span).last
      guard let name = first.flatMap(name), let inner else { continue }
      named[name.lowercased()] = NamedQuery(span: inner)
    }
  }

  /// The name that a token is, without its quotes; nil for anything else.
  private func name(of token: Token) -> String? {
    switch token.kind {
    case .word: source(token.span)
    case .quotedName(let quote): text(of: token, in: quote)
    // SQLite takes a string for a name where it needs one. What a template puts in isn't known.
    case .text(let quote) where sql.grammar.tokens.quotes[quote].open.count == 1: text(of: token, in: quote)
    default: nil
    }
  }

  private func text(of token: Token, in quote: Int) -> String? {
    ValueReader(bytes: bytes, rules: sql.grammar.tokens).text(of: Expression(.text(quote: quote), token.span))
  }

  /// The logic of a query that `with` names; nil if it has none, or is being read.
  private func logic(ofNamed name: String) -> Predicate? {
    guard let query = named[name], !query.isBeingRead else { return nil }
    if let known = query.logic { return known }
    named[name]?.isBeingRead = true
    let logic = self.query(in: query.span)
    named[name]?.logic = logic
    named[name]?.isBeingRead = false
    return logic
  }

  /// Notes which names of a select list are computed: `count(*) AS n` is, `actor:id::string AS id` isn't. A name that its
  /// own expression uses is a column's: conditions refer to the column, as in `lower(name) AS name`.
  private func noteComputed(in range: Range<Int>) {
    for item in pipelineCommands(of: bytes, in: range, dividedBy: ",", sql.grammar.tokens) {
      guard let word = clauseSearch.first(of: ["as"], in: item.span) else {
        continue
      }
      var lexer = Lexer(bytes, in: word.upperBound..<item.span.upperBound, rules: sql.grammar.tokens)
      guard let own = lexer.next().flatMap(name) else { continue }
      var parser = PrattParser(bytes, in: item.span.lowerBound..<word.lowerBound, grammar: sql.grammar)
      let lowering = ExpressionLowering(language: sql.lowering, bytes: bytes, computed: computed, place: place)
      var isComputed = true
      if let expression = try? parser.parse(), case .field(let field) = lowering.operand(expression) {
        isComputed = field.isComputed
      }
      let usesItself = uses(own, in: item.span.lowerBound..<word.lowerBound)
      computed.define(own.lowercased(), isComputed: isComputed && !usesItself)
    }
  }

  private func uses(_ name: String, in range: Range<Int>) -> Bool {
    var lexer = Lexer(bytes, in: range, rules: sql.grammar.tokens)
    while let token = lexer.next() {
      if token.kind == .word, source(token.span).lowercased() == name.lowercased() { return true }
    }
    return false
  }

  /// Records the tables of a `from` or `join`.
  ///
  /// - Returns: the logic of the subqueries among them.
  private func tables(in range: Range<Int>) -> [Predicate] {
    pipelineCommands(of: bytes, in: range, dividedBy: ",", sql.grammar.tokens).compactMap { table(in: $0.span) }
  }

  /// Records a table.
  ///
  /// - Returns: its logic, if it is a query.
  private func table(in range: Range<Int>) -> Predicate? {
    if let inner = subquery(startingIn: range) {
      noteAlias(in: min(inner.upperBound + 1, range.upperBound)..<range.upperBound)
      return query(in: inner)
    }
    guard let (name, span) = tableName(in: range) else { return nil }
    let isNamed = named[name.lowercased()] != nil
    if name.contains(".") || isNamed { noteAlias(in: span.upperBound..<range.upperBound) }
    if isNamed {
      aliases[name.lowercased()] = .table
      return logic(ofNamed: name.lowercased())
    }
    // A function makes a table of what it is given.
    let isFunction =
      bytes[span.upperBound..<range.upperBound].first { !ByteSet.spaces.contains($0) } == UInt8(ascii: "(")
    if !isFunction { sources.append(QuerySource(.table, name, at: place(span.lowerBound))) }
    return nil
  }

  /// The query in brackets that a part of `from` begins with; nil if it doesn't.
  private func subquery(startingIn range: Range<Int>) -> Range<Int>? {
    guard let first = words(in: range).first(where: { _ in true }), source(first.span) == "(" else { return nil }
    return clauseSearch.brackets(in: range, atMost: 1).first
  }

  /// The name of the table that a part of `from` begins with, and where it is; nil if a template puts in some of it.
  private func tableName(in range: Range<Int>) -> (String, Range<Int>)? {
    var parts: [String] = []
    var span: Range<Int>?
    var needsPart = true
    for token in words(in: range) {
      if needsPart {
        guard let part = name(of: token) else { return nil }
        parts.append(part)
      } else if source(token.span) != "." {
        if case .text = token.kind, token.span.lowerBound == span?.upperBound { return nil }
        break
      }
      needsPart.toggle()
      span = (span?.lowerBound ?? token.span.lowerBound)..<token.span.upperBound
    }
    return span.map { (parts.joined(separator: "."), $0) }
  }

  /// The tokens of a part of `from`, without what only says how the table is used.
  private func words(in range: Range<Int>) -> some Sequence<Token> {
    sequence(state: (lexer: Lexer(bytes, in: range, rules: sql.grammar.tokens), isFirst: true)) { [self] state in
      while let token = state.lexer.next() {
        let isWord = state.isFirst && ["lateral", "only"].contains(source(token.span).lowercased())
        if token.kind == .comment || isWord { continue }
        state.isFirst = false
        return token
      }
      return nil
    }
  }

  /// Notes the other name that follows a table: `AS l`, `l`.
  private func noteAlias(in range: Range<Int>) {
    var lexer = Lexer(bytes, in: range, rules: sql.grammar.tokens)
    while let token = lexer.next() {
      guard token.kind == .word || token.kind == .comment else { return }
      let word = source(token.span)
      if token.kind == .comment || word.lowercased() == "as" { continue }
      if !["on", "using", "sample", "tablesample", "match_recognize", "pivot", "unpivot"].contains(word.lowercased()) {
        aliases[word.lowercased()] = .table
      }
      return
    }
  }

  private func condition(in range: Range<Int>) -> Predicate {
    var parser = PrattParser(bytes, in: range, grammar: sql.grammar)
    defer { faults += sql.lowering.unknownFunctions(in: parser, place) }
    var lowering = ExpressionLowering(language: sql.lowering, bytes: bytes, computed: computed, place: place)
    lowering.bindings = aliases
    lowering.subquery = { [unowned self] inner, isNegated in
      let known = sources.count
      let logic = query(in: inner)
      if isNegated { sources.removeSubrange(known...) }
      return isNegated ? nil : logic
    }
    do throws(SyntaxFault) {
      let expression = try parser.parse()
      for fault in parser.faults { faults.append(.syntax(fault, in: bytes, limits: sql.grammar.limits, place)) }
      return lowering.predicate(of: expression)
    } catch {
      faults.append(.syntax(error, in: bytes, limits: sql.grammar.limits, place))
      return .opaque(shortened(source(range)), at: place(range.lowerBound))
    }
  }

  // MARK: Clauses

  /// A clause with its initial keyword, in lower case: `left join` is `join`.
  private struct Clause: Hashable {
    var name: String
    var span: Range<Int>
    var body: Range<Int>

    var isSelection: Bool { name == "select" || isSetOperator }

    var isSetOperator: Bool { ["union", "except", "minus", "intersect"].contains(name) }
  }

  private static let starts: Set = [
    "select", "from", "where", "group", "having", "order", "limit", "union", "except", "minus", "intersect", "window",
    "with", "qualify",
  ]
  private static let joins: Set = ["left", "right", "inner", "outer", "cross", "full", "natural", "join"]

  private func clauses(in range: Range<Int>) -> [Clause] {
    var lexer = Lexer(bytes, in: range, rules: sql.grammar.tokens)
    var found: [Clause] = []
    var level = 0
    /// Whether the preceding words begin a join.
    var isJoining = false
    var previous = ""
    var next = lexer.next()
    while let token = next {
      next = lexer.next()
      guard token.kind != .comment else { continue }
      if token.kind == .symbol {
        let byte = bytes[token.span.lowerBound]
        if byte == UInt8(ascii: "(") { level += 1 }
        if byte == UInt8(ascii: ")") { level = max(0, level - 1) }
      }
      let word = level == 0 && token.kind == .word ? source(token.span).lowercased() : ""
      defer { previous = word }
      let isFunction = (word == "left" || word == "right") && next.map { source($0.span) == "(" } ?? false
      let isJoin = SQLReader.joins.contains(word) && !isFunction
      let isOperator = word == "from" && previous == "distinct" || word == "group" && previous == "within"
      if SQLReader.starts.contains(word) && !isOperator || isJoin && !isJoining || found.isEmpty {
        // `union all select` is one clause up to and including `select`.
        found.append(
          Clause(
            name: isJoin ? "join" : shortened(word.isEmpty ? "query" : word), span: token.span,
            body: token.span.upperBound..<token.span.upperBound))
      } else {
        found[found.count - 1].span = found[found.count - 1].span.lowerBound..<token.span.upperBound
        let start = isJoin && isJoining ? token.span.upperBound : found[found.count - 1].body.lowerBound
        found[found.count - 1].body = start..<token.span.upperBound
      }
      isJoining = isJoin
    }
    return found
  }

  private func source(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }

  private func stage(_ name: String, _ form: Stage.Form, _ span: Range<Int>, _ predicate: Predicate) -> Stage {
    Stage(
      name: name, form: form, language: .sql, text: source(span), predicate: predicate,
      position: place(span.lowerBound))
  }
}
