package import Diagnostics
package import RuleModel

/// Reads a Kusto query (design.md, “The other dialects”): what it reads, its commands, and what they test.
///
/// - Parameters:
///   - query: in UTF-8.
///   - place: finds the place of one of its bytes in the rule's file.
package func readKusto(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  KustoReader(query, place: place).reading()
}

/// Reads one query. Functions that it defines are read anew with each call, as if written there; everything else is read once.
final class KustoReader {
  /// What one query may cost.
  struct Limits {
    /// How deep queries and calls may be nested in each other.
    var depth = 24
    /// How many tokens are read, with those of functions that are called, for each token of the query.
    var expansion = 64
    /// Below that many tokens, nothing is too much.
    var tokens = 100_000
    /// How many leaves the logic may have.
    var leaves = 100_000
  }

  /// What an expression is read with.
  struct Environment {
    private(set) var scope: KustoScope
    let frame: KustoScope.Frame
    private let outer: KustoScope?
    var columns = KustoColumns()
    /// How deep in queries and calls.
    var depth = 0
    /// Whether a text alone is searched for.
    var isSearch = false

    /// - Parameter outer: where the frame's names aren't all.
    init(
      _ frame: KustoScope.Frame, within outer: KustoScope? = nil, columns: KustoColumns = KustoColumns(), depth: Int = 0
    ) {
      (self.frame, self.outer, self.columns, self.depth) = (frame, outer, columns, depth)
      scope = KustoScope(frame, within: outer)
    }

    /// Sees what was defined since.
    mutating func update() { scope = KustoScope(frame, within: outer) }
  }

  let limits: Limits
  let text: KustoText
  let values: ValueReader
  private let locate: (Int) -> SourcePosition
  var faults: [(offset: Int, fault: QueryFault)] = []
  private var faultPlaces: Set<Int> = []
  /// By where they start.
  private var stages: [(offset: Int, stage: Stage)] = []
  private var expressions: [Range<Int>: Expression] = [:]
  /// Queries that the expression being read takes values from.
  var reads = KustoReads()
  /// Whether rows of one query are compared with rows of another one.
  private var joinsEvents = false
  private var tokensRead = 0
  private var tables = 0
  private var leaves = 0

  init(_ query: [UInt8], limits: Limits = Limits(), place: @escaping (Int) -> SourcePosition) {
    self.limits = limits
    locate = place
    text = KustoText(query, tokens: Kusto.grammar.tokens(of: query))
    values = ValueReader(bytes: query, rules: Kusto.grammar.tokens)
  }

  func reading() -> QueryReading {
    guard !text.tokens.isEmpty else { return QueryReading() }
    guard text.tokens.count <= Kusto.grammar.limits.tokens else {
      report(.querySyntax, "the query is too long to be read; shorten it", at: 0)
      return QueryReading(
        stages: [source([], .opaque(shortened(text.text(0..<1)), at: place(0)))], faults: faults.map(\.fault))
    }
    for index in text.unbalanced.prefix(1) {
      report(
        .querySyntax, "the bracket '\(text.text(index))' has no counterpart; add it or remove this one",
        at: text.tokens[index].span.lowerBound)
    }
    let results = statements(0..<text.tokens.count, Environment(KustoScope.Frame()))
    var result = KustoTable()
    var logic: [[Predicate]] = []
    for case .table(let table) in results {
      result.read([table])
      logic.append(table.logic)
    }
    let whole: Predicate =
      logic.count == 1 ? .all(logic[0]) : .any(logic.map { .group($0, byAnd: true) })
    guard !results.isEmpty else {
      report(.querySyntax, "the query only defines names; end it with a statement that uses them", at: 0)
      return finished([:], .opaque(shortened(text.text(0..<text.tokens.count)), at: place(0)))
    }
    return finished(result.sources, logic.isEmpty ? .always : whole)
  }

  private func finished(_ sources: [String: Int], _ logic: Predicate) -> QueryReading {
    let names = sources.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    let order = stages.indices.sorted { (stages[$0].offset, $0) < (stages[$1].offset, $1) }
    var places = [Int](repeating: 0, count: stages.count)
    for (place, index) in order.enumerated() { places[index] = place + 1 }
    let sorted = order.map { index in
      var stage = stages[index].stage
      stage.predicate = stage.predicate.withStages { places[$0] }
      return stage
    }
    return QueryReading(
      sources: names.map { QuerySource(.table, $0.key, at: place($0.value)) },
      stages: [source(names.map(\.key), logic.withStages { places[$0] })] + sorted,
      match: joinsEvents ? .join(by: [], within: nil) : .single,
      faults: QueryFault.inOrder(faults.map(\.fault) + unread))
  }

  /// Each once, however often its function is called.
  private var unread: [QueryFault] {
    var seen: Set<SourcePosition> = []
    return QueryFault.unread(in: stages.map(\.stage)).filter { seen.insert($0.position).inserted }
  }

  private func source(_ names: [String], _ logic: Predicate) -> Stage {
    Stage(
      name: "query", form: .source, language: .kusto, text: names.isEmpty ? nil : names.joined(separator: ", "),
      predicate: logic, position: place(text.tokens[0].span.lowerBound))
  }

  func place(_ offset: Int) -> SourcePosition { locate(offset) }

  // MARK: Faults and limits

  /// One finding a place: what follows from it is at the same place.
  func report(_ id: CheckID, _ message: String, at offset: Int) {
    guard faultPlaces.insert(offset).inserted else { return }
    faults.append((offset, QueryFault(id, message, at: place(offset))))
  }

  /// Counts what is read.
  ///
  /// - Returns: whether that is still within the limits.
  func spend(_ count: Int, at range: Range<Int>) -> Bool {
    tokensRead += count
    if tokensRead <= max(limits.tokens, text.tokens.count * limits.expansion) { return true }
    report(
      .querySyntax, "the functions of the query unfold to more than is read; call them less often",
      at: text.span(range).lowerBound)
    return false
  }

  /// Counts leaves; those beyond the limit aren't made.
  func spend(leaves count: Int, at offset: Int) -> Bool {
    leaves += count
    if leaves <= limits.leaves { return true }
    report(.querySyntax, "the query compares with more values than are read; shorten its lists", at: offset)
    return false
  }

  /// A number of its own for what a query comes to.
  func newTable() -> Int {
    tables += 1
    return tables
  }

  func isTooDeep(_ environment: Environment, at range: Range<Int>) -> Bool {
    guard environment.depth >= limits.depth else { return false }
    report(
      .querySyntax, "queries and calls are nested deeper than \(limits.depth) levels; use fewer",
      at: text.span(range).lowerBound)
    return true
  }

  /// What an expression comes to, and the queries that it takes values from, which aren't read for the one around it.
  func collecting<Value>(_ body: () -> Value) -> (Value, KustoReads) {
    let outer = reads
    reads = KustoReads()
    defer { reads = outer }
    let value = body()
    return (value, reads)
  }

  // MARK: Parts of the text

  /// The expression that a range of tokens is.
  func expression(_ range: Range<Int>) -> Expression {
    if let known = expressions[range] { return known }
    let span = text.span(range)
    let end = range.upperBound < text.tokens.count ? text.tokens[range.upperBound].span.lowerBound : text.bytes.count
    var parser = PrattParser(text.bytes, tokens: Array(text.tokens[range]), end: end, grammar: Kusto.grammar)
    var result: Expression
    do throws(SyntaxFault) {
      result = try parser.parse()
      for fault in parser.faults { report(fault) }
    } catch {
      report(error)
      result = Expression(.unread, span)
    }
    expressions[range] = result
    return result
  }

  private func report(_ fault: SyntaxFault) {
    let found = QueryFault.syntax(fault, in: text.bytes, limits: Kusto.grammar.limits, place)
    report(found.id, found.message, at: fault.opener?.span.lowerBound ?? fault.offset)
  }

  /// As written, with the brackets at its ends that an expression has no part of: `a in (b)`.
  private func source(_ expression: Expression) -> String {
    var range = text.range(expression.span)
    var level = 0
    for index in range {
      if text.isOpener(index) { level += 1 } else if text.isCloser(index) { level -= 1 }
      if level < 0, range.lowerBound > 0, text.isOpener(range.lowerBound - 1) {
        range = range.lowerBound - 1..<range.upperBound
        level += 1
      }
    }
    while level > 0, range.upperBound < text.tokens.count, text.isCloser(range.upperBound) {
      range = range.lowerBound..<range.upperBound + 1
      level -= 1
    }
    return text.text(range)
  }

  func noTest(_ expression: Expression) -> Predicate {
    guard spend(leaves: 1, at: expression.span.lowerBound) else { return .always }
    return .noTest(shortened(source(expression)), at: place(expression.span.lowerBound))
  }

  func opaque(_ expression: Expression) -> Predicate {
    .opaque(shortened(source(expression)), at: place(expression.span.lowerBound))
  }

  // MARK: Stages

  var stageCount: Int { stages.count }

  /// - Returns: its reference.
  func addStage(_ name: String, _ range: Range<Int>, _ predicate: Predicate) -> Predicate {
    let span = text.span(range)
    stages.append(
      (
        span.lowerBound,
        Stage(
          name: name, form: .command, language: .kusto, text: text.text(range), predicate: predicate,
          position: place(span.lowerBound))
      ))
    return .stage(stages.count - 1)
  }

  /// What the rows are from that the command there gets. A join's logic is about those of other queries, whose stages say so themselves.
  ///
  /// - Parameter known: how many stages there were before the command.
  func note(_ sources: [String: Int], ofStageAt offset: Int, from known: Int) {
    guard let index = stages[known...].lastIndex(where: { $0.offset == offset }),
      !["join", "lookup"].contains(stages[index].stage.name)
    else { return }
    stages[index].stage.reads = sources.keys.sorted()
  }

  /// What must be so of rows whose values are looked up in other queries: what is so of those, too.
  func joined(_ predicate: Predicate, with tables: [KustoTable]) -> Predicate {
    let logic = tables.flatMap(\.logic)
    guard !logic.isEmpty, spend(leaves: logic.count, at: 0) else { return predicate }
    joinsEvents = true
    return predicate.isAlways ? .all(logic) : .all([predicate] + logic)
  }
}

extension Predicate {
  /// The same with other references to stages.
  fileprivate func withStages(_ place: (Int) -> Int) -> Predicate {
    folded(
      leaf: { if case .stage(let index) = $0 { .stage(place(index)) } else { Predicate($0) } }, all: { .all($0) },
      any: { .any($0) }, not: { .not($0) })
  }
}
