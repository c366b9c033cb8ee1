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
  let bytes: [UInt8]
  let sql: SQL
  let clauseSearch: Clauses
  let place: (Int) -> SourcePosition
  var stages: [Stage] = []
  /// What is read by the part of the query that is being read.
  var sources = SQLSources()
  private var faults: [QueryFault] = []
  /// The queries that `with` names, by name in lower case.
  var named: [String: NamedQuery] = [:]
  /// The other names of tables of a data lake, and of queries, which say where a column comes from, in lower case.
  var aliases: [String: ExpressionLowering.Binding] = [:]
  /// The names that select lists have computed so far.
  var computed = ComputedNames()
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
      stages[0].predicate = .any(statements.compactMap { statement(in: $0.span) })
    }
    faults += QueryFault.unbalanced(in: bytes, sql.grammar, place) + QueryFault.unread(in: stages)
    return QueryReading(sources: sources.all, stages: stages, faults: QueryFault.inOrder(faults))
  }

  /// A common table expression.
  struct NamedQuery {
    var span: Range<Int>
    /// Its logic, once it has been read.
    var logic: Predicate?
    var sources = SQLSources()
    /// A query that reads itself, as a recursive one does, adds nothing to its logic.
    var isBeingRead = false
  }

  /// One of several statements, which doesn't know the names that another defines.
  private func statement(in range: Range<Int>) -> Predicate? {
    (named, aliases, computed) = ([:], [:], ComputedNames())
    guard let logic = query(in: range) else { return nil }
    return .conjunction([logic] + unreadQueries())
  }

  private func addUnreadQueries() {
    let unread = unreadQueries()
    if let first = stages.first, !unread.isEmpty { stages[0].predicate = .conjunction([first.predicate] + unread) }
  }

  /// The logic of the queries that nothing reads but what a template puts in when the query runs.
  private func unreadQueries() -> [Predicate] {
    guard hasTemplate else { return [] }
    return named.filter { $0.value.logic == nil }.keys.sorted().compactMap { logic(ofNamed: $0) }
  }

  /// Reads a part of the query.
  ///
  /// - Parameter isNegated: whether what it reads must not be there, and is no source of the query.
  func reading<Result>(isNegated: Bool, _ read: () -> Result) -> Result {
    isNegated ? apart(read).result : read()
  }

  /// Reads a part of the query whose sources don't count for what is around it, or not yet.
  func apart<Result>(_ read: () -> Result) -> (result: Result, sources: SQLSources) {
    let outer = sources
    defer { sources = outer }
    sources = SQLSources()
    return (read(), sources)
  }

  private var hasTemplate: Bool {
    let opening = SQL.templateQuotes.open
    return bytes.indices.contains { bytes[$0...].starts(with: opening) }
  }

  /// - Returns: the stage with the query's logic; nil if it is nested too deep.
  func query(in range: Range<Int>) -> Predicate? {
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
      // Rows that the query after `except` returns must not exist.
      let isNegated = clauses[0].name == "except" || clauses[0].name == "minus"
      let part = reading(isNegated: isNegated) { core(clauses) }
      if !isNegated { parts.append(part) }
    }
    stages[index].predicate = .any(parts)
    return .stage(index)
  }

  /// One `select` with its clauses. Its sources are its first stage, wherever they are written.
  func core(_ clauses: [Clause]) -> Predicate {
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
      if clause.keepsOwnRows, !logic.isEmpty { logic = [.any([.all(logic), unmatchedRows(of: clause)])] }
      guard let predicate = predicate(of: clause) else { continue }
      stages[place].predicate = predicate
      logic.append(.stage(place))
    }
    stages[index].predicate = .all(logic)
    return .stage(index)
  }

  /// nil for a clause that doesn't filter.
  func predicate(of clause: Clause) -> Predicate? {
    switch clause.name {
    case "where", "having", "qualify": return condition(in: clause.body)
    case "join": return join(clause)
    default: return nil
    }
  }

  /// - Parameter relatesTables: whether a comparison of two columns relates the rows of two tables.
  func condition(in range: Range<Int>, relatesTables: Bool = false) -> Predicate {
    var parser = PrattParser(bytes, in: range, grammar: sql.grammar)
    defer { faults += sql.lowering.unknownFunctions(in: parser, place) }
    var lowering = ExpressionLowering(language: sql.lowering, bytes: bytes, computed: computed, place: place)
    lowering.bindings = aliases
    lowering.relatesTables = relatesTables
    lowering.subquery = { [unowned self] inner, isNegated in
      let logic = reading(isNegated: isNegated) { query(in: inner) }
      return isNegated ? nil : logic
    }
    lowering.special = { name, arguments, lowering in
      guard name == "exists", let first = arguments.first, case .query(let inner) = first.kind,
        let logic = lowering.subquery?(inner, lowering.isNegated)
      else { return nil }
      return .truth(.all([lowering.noTest(first), logic]))
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

  func source(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }

  func stage(_ name: String, _ form: Stage.Form, _ span: Range<Int>, _ predicate: Predicate) -> Stage {
    Stage(
      name: name, form: form, language: .sql, text: source(span), predicate: predicate,
      position: place(span.lowerBound))
  }
}
