import RuleModel

/// Queries: a source and commands.
extension KustoReader {
  /// - Parameter input: the rows that the first command receives; without it, the range starts with a source.
  func pipeline(_ range: Range<Int>, _ outer: Environment, input: KustoTable? = nil) -> KustoTable {
    guard !isTooDeep(outer, at: range), spend(range.count, at: range) else { return KustoTable() }
    var environment = outer
    environment.depth += 1
    environment.isSearch = false
    var commands = text.parts(of: range, between: "|")[...]
    var table: KustoTable
    if let input {
      table = input
    } else if let first = commands.popFirst() {
      table = source(first, environment)
    } else {
      return KustoTable()
    }
    for command in commands {
      table.id = newTable()
      let known = stageCount
      apply(command, to: &table, environment)
      note(table.sources, ofStageAt: text.span(command).lowerBound, from: known)
      // A command may have named its rows.
      environment.update()
    }
    return table
  }

  private func source(_ range: Range<Int>, _ environment: Environment) -> KustoTable {
    var table = KustoTable()
    let first = range.lowerBound
    switch text.text(first).lowercased() {
    case "union", "search", "find":
      apply(range, to: &table, environment, isFirst: true)
    case "datatable": return datatable(range)
    case "externaldata": return table
    case "print":
      var printed = environment
      printed.columns = KustoColumns(isOpen: false)
      extend(&printed, first + 1..<range.upperBound)
      table.columns = printed.columns
    case "range" where range.count > 1 && text.tokens[first + 1].kind == .word:
      table.columns = KustoColumns(isOpen: false)
    default: return self.table(expression(range), environment)
    }
    return table
  }

  /// The rows that an expression stands for.
  func table(_ expression: Expression, _ environment: Environment) -> KustoTable {
    switch expression.kind {
    case .query(let inner): return pipeline(text.range(inner), environment)
    case .list(let items):
      guard items.count == 1, let name = values.text(of: items[0]) else { return KustoTable() }
      return table(named: name, at: expression.span, environment)
    case .name: return table(named: values.source(expression), at: expression.span, environment)
    case .call(let function, let arguments): return table(of: function, arguments, environment, at: expression.span)
    case .path(_, let steps):
      // `workspace("x").Table`: the last name identifies the table.
      for step in steps.reversed() {
        if case .member(let name) = step {
          return .named(values.source(name), at: name.span.lowerBound)
        }
      }
      return KustoTable()
    default: return KustoTable()
    }
  }

  private func table(named name: String, at span: Range<Int>, _ environment: Environment) -> KustoTable {
    switch environment.scope[name] {
    case .value(let value, let reads):
      use(reads, at: text.range(span))
      if case .table(let table) = value { return table }
      return KustoTable()
    case .function(let function):
      if case .table(let table) = call(function, [], environment, at: span) { return table }
      return KustoTable()
    case nil: return .named(name, at: span.lowerBound)
    }
  }

  private func table(
    of function: Expression, _ arguments: [Expression], _ environment: Environment, at span: Range<Int>
  ) -> KustoTable {
    let name = values.source(function)
    switch environment.scope[name] {
    case .function(let defined):
      if case .table(let table) = call(defined, arguments, environment, at: span) { return table }
      return KustoTable()
    // A name that refers to rows may be called.
    case .value: return table(named: name, at: span, environment)
    case nil: break
    }
    switch name.lowercased() {
    case "materialize", "view", "toscalar": return arguments.first.map { table($0, environment) } ?? KustoTable()
    case "table", "stored_query_result", "materialized_view", "external_table":
      guard let first = arguments.first, case .constants(let names, false) = operand(first, environment),
        let name = names.first
      else { return KustoTable() }
      return .named(name.text, at: name.offset)
    case "_getwatchlist", "_asim_getwatchlistraw", "externaldata", "datatable": return KustoTable()
    default:
      // The arguments aren't tests, but queries in them are read.
      var table = KustoTable.named(name, at: span.lowerBound)
      let (_, used) = collecting { for argument in arguments { _ = operand(argument, environment) } }
      table.read(used.tables)
      let logic = joined(.always, with: used.tables)
      if !logic.isAlways { table.logic = [logic] }
      return table
    }
  }

  /// Whether the expression names a table elsewhere, such as `workspace("x").Table`.
  func isReference(_ expression: Expression) -> Bool {
    guard case .path(let base, _) = expression.kind, case .call(let function, _) = base.kind else { return false }
    return ["workspace", "database", "cluster", "resource", "app", "adx", "arg"].contains(
      values.source(function).lowercased())
  }

  /// `datatable(a: string, b: long)["x", 1, …]`: its columns' values, row by row.
  private func datatable(_ range: Range<Int>) -> KustoTable {
    var table = KustoTable()
    guard let open = text.first(in: range, where: { text.isSymbol($0, "(") }),
      let columns = text.inside(open, in: range),
      let bracket = text.first(in: text.after(open, in: range)..<range.upperBound, where: { text.isSymbol($0, "[") }),
      let content = text.inside(bracket, in: range)
    else { return table }
    let names = text.parts(of: columns, between: ",").map { columnName($0.lowerBound, in: $0) }
    table.columns = KustoColumns(Dictionary(names.map { ($0, .field) }) { first, _ in first })
    var rows: [(String, [KustoConstant])] = names.map { ($0, []) }
    let items = text.parts(of: content, between: ",")
    guard !names.isEmpty else { return table }
    for (index, item) in items.enumerated() {
      if case .constants(let values, isList: false) = operand(expression(item), Environment(KustoScope.Frame())) {
        rows[index % names.count].1 += values
      }
    }
    table.constants = rows.map { (column: $0.0, values: $0.1) }
    return table
  }

  /// The name at a token, with or without brackets and quotes.
  func columnName(_ index: Int, in range: Range<Int>) -> String {
    guard let inside = text.inside(index, in: range), inside.count == 1, text.isSymbol(index, "["),
      case .text(let quote) = text.tokens[inside.lowerBound].kind
    else { return index < range.upperBound ? text.text(index) : "" }
    return values.text(of: Expression(.text(quote: quote), text.tokens[inside.lowerBound].span)) ?? ""
  }
}
