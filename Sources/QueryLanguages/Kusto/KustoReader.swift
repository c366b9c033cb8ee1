package import Diagnostics
package import RuleModel
import Text

/// Reads a Kusto query (design.md, “The other dialects”): its sources, its commands, and their tests.
///
/// - Parameters:
///   - query: in UTF-8.
///   - place: converts an offset in the query into a position in the rule's file.
package func readKusto(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  KustoReader(query, place: place).reading()
}

/// Reads one query. A function that the query defines is read again for each call, as if its body were written there;
/// everything else is read once.
final class KustoReader {
  /// The limits on the work for one query.
  struct Limits {
    /// How deeply queries and calls may be nested.
    var depth = 8
    /// How many bytes the constants may have that a function makes one of.
    var foldedBytes = 1 << 20
    /// How many tokens may be read for each token of the query, including those of called functions.
    var expansion = 64
    /// With fewer tokens than this, no limit applies.
    var tokens = 100_000
    /// How many leaves the logic may have.
    var leaves = 100_000
  }

  /// The context in which an expression is read.
  struct Environment {
    private(set) var scope: KustoScope
    let frame: KustoScope.Frame
    private let outer: KustoScope?
    var columns = KustoColumns()
    /// The nesting depth of queries and calls.
    var depth = 0
    /// Whether a string on its own is a search term.
    var isSearch = false

    /// - Parameter outer: the enclosing scope, if the frame doesn't hold all names.
    init(
      _ frame: KustoScope.Frame, within outer: KustoScope? = nil, columns: KustoColumns = KustoColumns(), depth: Int = 0
    ) {
      (self.frame, self.outer, self.columns, self.depth) = (frame, outer, columns, depth)
      scope = KustoScope(frame, within: outer)
    }

    /// Makes the definitions added since then visible.
    mutating func update() { scope = KustoScope(frame, within: outer) }
  }

  let limits: Limits
  let text: KustoText
  let values: ValueReader
  private let locate: (Int) -> SourcePosition
  var faults: [(offset: Int, fault: QueryFault)] = []
  private var faultPlaces: Set<Int> = []
  /// Sorted by where they start.
  private var stages: [(offset: Int, stage: Stage)] = []
  /// The statements that define a constant or a function, by their first token.
  var definitions: [Int: String] = [:]
  private var expressions: [Range<Int>: Expression] = [:]
  /// Queries that the expression being read takes values from.
  var reads = KustoReads()
  /// Whether rows of one query are compared with rows of another.
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
    let results = statements(Environment(KustoScope.Frame()))
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

  /// Without duplicates, however often its function is called.
  private var unread: [QueryFault] { QueryFault.unread(in: stages.map(\.stage)).distinct(by: \.position) }

  private func source(_ names: [String], _ logic: Predicate) -> Stage {
    Stage(
      name: "query", form: .source, language: .kusto, text: names.isEmpty ? nil : names.joined(separator: ", "),
      settings: definitions.sorted { $0.key < $1.key }.map(\.value), predicate: logic,
      position: place(text.tokens[0].span.lowerBound))
  }

  func place(_ offset: Int) -> SourcePosition { locate(offset) }

  // MARK: Faults and limits

  /// Reports one finding per place: any others there are consequences of it.
  func report(_ id: CheckID, _ message: String, at offset: Int) {
    guard faultPlaces.insert(offset).inserted else { return }
    faults.append((offset, QueryFault(id, message, at: place(offset))))
  }

  /// Counts the tokens that are read.
  ///
  /// - Returns: whether the count is still within the limits.
  func spend(_ count: Int, at range: Range<Int>) -> Bool {
    tokensRead += count
    if tokensRead <= max(limits.tokens, text.tokens.count * limits.expansion) { return true }
    report(
      .querySyntax, "the functions of the query unfold to more than is read; call them less often",
      at: text.span(range).lowerBound)
    return false
  }

  /// Counts leaves; those beyond the limit aren't created.
  func spend(leaves count: Int, at offset: Int) -> Bool {
    leaves += count
    if leaves <= limits.leaves { return true }
    report(.querySyntax, "the query compares with more values than are read; shorten its lists", at: offset)
    return false
  }

  /// A unique number for the result of a query.
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

  /// Runs `body` and returns its result with the queries that it takes values from, which don't count for the
  /// surrounding expression.
  func collecting<Value>(_ body: () -> Value) -> (Value, KustoReads) {
    let outer = reads
    reads = KustoReads()
    defer { reads = outer }
    let value = body()
    return (value, reads)
  }

  // MARK: Parts of the text

  /// The expression in a range of tokens.
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

  /// As written, with the brackets at its ends that aren't part of the expression's span: `a in (b)`.
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

  /// Records the sources of the rows that the command receives. A join's logic also covers rows of other queries, whose
  /// stages record their sources themselves.
  ///
  /// - Parameter known: how many stages existed before the command.
  func note(_ sources: [String: Int], ofStageAt offset: Int, from known: Int) {
    guard let index = stages[known...].lastIndex(where: { $0.offset == offset }),
      !["join", "lookup"].contains(stages[index].stage.name)
    else { return }
    stages[index].stage.reads = sources.keys.sorted()
  }

  /// The conditions on rows whose values are looked up in other queries, including the conditions on those queries'
  /// rows: those of each query together.
  func joined(_ predicate: Predicate, with tables: [KustoTable]) -> Predicate {
    let queries = tables.map(\.logic).filter { !$0.isEmpty }
    guard !queries.isEmpty, spend(leaves: queries.reduce(0) { $0 + $1.count }, at: 0) else { return predicate }
    joinsEvents = true
    if predicate.isAlways, queries.count == 1 { return .all(queries[0]) }
    // Several queries with a condition each aren't one with several.
    return .all(
      (predicate.isAlways ? [] : [predicate]) + queries.map { $0.count == 1 && !predicate.isAlways ? $0[0] : .all($0) })
  }
}
