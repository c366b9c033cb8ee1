import Diagnostics
import RuleModel

extension ESQL {
  /// The effect of a command on the rows.
  enum Effect {
    case reads
    /// Makes rows, or reads something other than events.
    case makes
    /// Runs a query in another language.
    case runs
    case filters
    case evaluates
    case aggregates
    case renames
    case extracts
    case branches
    /// Adds columns, with names given in the command or else with these.
    case adds([String])
    /// Changes the order, number or selection of rows, without testing events.
    case shapes

    var isSource: Bool {
      switch self {
      case .reads, .makes, .runs: true
      case .filters, .evaluates, .aggregates, .renames, .extracts, .branches, .adds, .shapes: false
      }
    }
  }

  static let commands: [String: Effect] = [
    "from": .reads, "ts": .reads, "metrics": .reads, "row": .makes, "show": .makes, "meta": .makes, "explain": .makes,
    "eql": .runs, "promql": .runs, "where": .filters, "eval": .evaluates, "stats": .aggregates,
    "inline stats": .aggregates, "inlinestats": .aggregates, "rename": .renames, "dissect": .extracts,
    "grok": .extracts, "fork": .branches, "completion": .adds(["completion"]), "rerank": .adds(["_score"]),
    "fuse": .adds(["_score"]), "change_point": .adds(["type", "pvalue"]), "dedup": .shapes, "dense_vector": .shapes,
    "distinct": .shapes, "drop": .shapes, "enrich": .shapes, "fillnull": .shapes, "highlight": .shapes,
    "inner join": .shapes, "insist": .shapes, "ip_location": .shapes, "keep": .shapes, "left join": .shapes,
    "limit": .shapes, "lookup join": .shapes, "lookup": .shapes, "metrics_info": .shapes, "mmr": .shapes,
    "mv_expand": .shapes, "project": .shapes, "registered_domain": .shapes, "right join": .shapes, "sample": .shapes,
    "sort": .shapes, "ts_info": .shapes, "uri_parts": .shapes, "user_agent": .shapes,
  ]
}

extension ESQLReader {
  /// - Returns: the condition that the source applies; nil if it lets everything through.
  func read(source name: String, _ command: PipelineCommand, _ body: Range<Int>, _ columns: inout ComputedNames)
    -> Predicate?
  {
    switch ESQL.commands[name] {
    case .reads: return read(sources: body, &columns)
    case .runs: return .opaque(shortened(source(command.span)), at: place(command.span.lowerBound))
    default:
      if name == "row" { evaluate(body, &columns) }
      return nil
    }
  }

  /// - Returns: the command's condition; nil if it doesn't filter.
  func read(command name: String, _ command: PipelineCommand, _ body: Range<Int>, _ columns: inout ComputedNames)
    -> Predicate?
  {
    switch ESQL.commands[name] {
    case .filters: return predicate(in: body, columns)
    case .evaluates: evaluate(body, &columns)
    case .aggregates: aggregate(body, &columns)
    case .renames: rename(body, &columns)
    case .extracts:
      let names = clauses.texts(in: body).flatMap(name == "grok" ? ESQL.names(inGrok:) : ESQL.names(inDissect:))
      for name in names { columns.define(name, isComputed: false) }
    case .branches: return branches(body, &columns)
    case .adds(let names): add(names, body, &columns)
    case .shapes: break
    case .reads, .makes, .runs, nil:
      let near = nearestName(to: name, in: ESQL.commands.keys.sorted()).map { "; did you mean '\($0)'?" }
      faults.append(
        QueryFault(
          .queryFunction, "'\(name)' isn't a command that can follow here" + (near ?? "; correct it"),
          at: place(command.span.lowerBound)))
      return .opaque(shortened(source(command.span)), at: place(command.span.lowerBound))
    }
    return nil
  }

  // MARK: Names defined by commands

  private func evaluate(_ body: Range<Int>, _ columns: inout ComputedNames) {
    for item in clauses.assignments(in: body) { define(item, &columns) }
  }

  /// Defines a name with the value of an expression; without a name, the expression's text is the name.
  private func define(_ item: Clauses.Assignment, _ columns: inout ComputedNames) {
    guard let expression = expression(in: item.value) else { return }
    let value = field(expression, columns)
    let name = item.name.flatMap { fieldName(in: $0, columns) } ?? value?.name ?? source(item.value)
    columns.define(name, isComputed: value.map { $0.isComputed || $0.isTime } ?? true)
  }

  private func aggregate(_ body: Range<Int>, _ columns: inout ComputedNames) {
    let by = clauses.first(of: ["by"], in: body)
    if let by {
      for item in clauses.assignments(in: by.upperBound..<body.upperBound) { define(item, &columns) }
    }
    for item in clauses.assignments(in: body.lowerBound..<(by?.lowerBound ?? body.upperBound)) {
      _ = expression(in: item.value)
      // `WHERE` and what follows it aren't part of the name.
      let end = clauses.first(of: ["where"], in: item.value)?.lowerBound ?? item.value.upperBound
      let unnamed = pipelineCommands(of: bytes, in: item.value.lowerBound..<end, dividedBy: ",", clauses.rules)
      let name = item.name.flatMap { fieldName(in: $0, columns) } ?? unnamed.first.map { source($0.span) }
      if let name { columns.define(name, isComputed: true) }
    }
  }

  /// `RENAME old AS new, newer = older`
  private func rename(_ body: Range<Int>, _ columns: inout ComputedNames) {
    for item in clauses.assignments(in: body) {
      if let name = item.name, let new = fieldName(in: name, columns), let old = fieldName(in: item.value, columns) {
        columns.rename(old, to: new)
      } else if let word = clauses.first(of: ["as"], in: item.value),
        let old = fieldName(in: item.value.lowerBound..<word.lowerBound, columns),
        let new = fieldName(in: word.upperBound..<item.value.upperBound, columns)
      {
        columns.rename(old, to: new)
      }
    }
  }

  /// `COMPLETION answer = prompt WITH …`, `CHANGE_POINT a ON b AS type, pvalue`
  private func add(_ names: [String], _ body: Range<Int>, _ columns: inout ComputedNames) {
    let named = clauses.assignments(in: body).prefix(1).compactMap { $0.name.flatMap { fieldName(in: $0, columns) } }
    let renamed = clauses.first(of: ["as"], in: body).map { word in
      clauses.assignments(in: word.upperBound..<body.upperBound).compactMap { fieldName(in: $0.value, columns) }
    }
    for name in renamed ?? (named.isEmpty ? names : named) { columns.define(name, isComputed: true) }
  }

  /// `FORK (WHERE a == 1 | LIMIT 1) (WHERE b == 2)`
  private func branches(_ body: Range<Int>, _ columns: inout ComputedNames) -> Predicate {
    var all = columns
    let branches = clauses.brackets(in: body).map { branch -> Predicate in
      var its = columns
      let logic = commands(in: branch, &its)
      all.merge(its)
      return .all(logic)
    }
    columns = all
    columns.define("_fork", isComputed: true)
    return .any(branches)
  }
}
