import RuleModel

/// The commands of a query: what each one tests, and how it changes the columns.
extension KustoReader {
  /// - Parameter isFirst: whether the command receives no rows.
  func apply(_ range: Range<Int>, to table: inout KustoTable, _ environment: Environment, isFirst: Bool = false) {
    _ = collecting { applyCommand(range, to: &table, environment, isFirst: isFirst) }
  }

  private func applyCommand(
    _ range: Range<Int>, to table: inout KustoTable, _ outer: Environment, isFirst: Bool
  ) {
    var environment = outer
    environment.columns = table.columns
    let (name, body) = command(range)
    // Literal rows remain known only while all of them are kept.
    if name != "distinct", name != "project" { table.constants = nil }
    var predicate = Predicate.always
    switch name {
    case "where", "filter": predicate = self.predicate(expression(body), environment)
    case "search", "find": predicate = search(body, &table, environment, isFind: name == "find")
    case "union":
      union(range, name, body, &table, environment, isFirst: isFirst)
      return
    case "join", "lookup":
      join(range, name, body, &table, environment)
      return
    case "extend", "serialize":
      // Held in one place only, so that modifying the columns doesn't copy them.
      table.columns = KustoColumns()
      extend(&environment, body)
      table.columns = environment.columns
    case "project", "distinct": project(&table, body, environment)
    case "project-away":
      for part in text.parts(of: body, between: ",") { table.columns.remove(columnName(part.lowerBound, in: part)) }
    case "project-keep": keep(&table, body)
    case "project-rename": rename(&table, body, environment)
    case "summarize": summarize(&table, body, environment)
    case "make-series": series(&table, body, environment)
    case "count", "top-nested", "top-hitters", "sample-distinct", "getschema", "reduce":
      table.columns = KustoColumns(isOpen: name != "count")
    case "parse", "parse-where": parse(&table, body)
    case "parse-kv": parseKeys(&table, body)
    case "mv-expand", "mvexpand": expand(&table, body, environment)
    case "mv-apply", "mvapply", "partition":
      applySubquery(range, name, body, &table, environment)
      return
    case "fork", "facet":
      var at = body.lowerBound
      while at < body.upperBound {
        if let inside = text.inside(at, in: body) {
          _ = pipeline(inside, environment, input: KustoTable(columns: table.columns))
        }
        at = text.after(at, in: body)
      }
    case "evaluate": evaluate(&table, body, environment)
    case "invoke": invoke(&table, body, environment)
    case "scan": predicate = scan(&table, body, environment)
    case "as":
      if let last = body.last { environment.frame.bind(text.text(last), .value(.table(table), reads: KustoReads())) }
    case _ where Kusto.otherCommands.contains(name): break
    default:
      report(.queryFunction, "there is no command '\(name)'; correct its name", at: text.span(range).lowerBound)
      predicate = opaque(Expression(.unread, text.span(range)))
    }
    table.read(reads.tables)
    let logic = joined(predicate, with: reads.tables)
    let stage = addStage(name, range, logic)
    if !logic.isAlways { table.logic.append(stage) }
  }

  /// A command's name, in lower case, and the text after it.
  private func command(_ range: Range<Int>) -> (name: String, body: Range<Int>) {
    var end = range.lowerBound + 1
    // `mv-expand` consists of three tokens.
    while end + 1 < range.upperBound, text.isSymbol(end, "-"), text.isAdjacent(end), text.isAdjacent(end + 1) {
      end += 2
    }
    return (text.text(range.lowerBound..<end).lowercased(), end..<range.upperBound)
  }

  /// The parameters at the beginning of a command, `kind=inner hint.strategy=shuffle`, and what follows them.
  func parameters(_ body: Range<Int>) -> (values: [String: String], rest: Range<Int>) {
    var values: [String: String] = [:]
    var at = body.lowerBound
    while at < body.upperBound, text.tokens[at].kind == .word {
      var equals = at + 1
      while equals + 1 < body.upperBound, text.isSymbol(equals, ".") { equals += 2 }
      let name = text.text(at..<min(equals, body.upperBound)).lowercased()
      guard equals + 1 < body.upperBound, text.isSymbol(equals, "="),
        Kusto.parameters.contains(name) || name.hasPrefix("hint.")
      else { break }
      values[name] = text.text(equals + 1).lowercased()
      at = text.after(equals + 1, in: body)
    }
    return (values, at..<body.upperBound)
  }

  // MARK: Search

  private func search(
    _ body: Range<Int>, _ table: inout KustoTable, _ environment: Environment, isFind: Bool
  ) -> Predicate {
    var rest = parameters(body).rest
    if let first = rest.first, text.isWord(first, "in"), let list = text.inside(first + 1, in: rest) {
      for part in text.parts(of: list, between: ",") { table.sources[text.text(part)] = text.span(part).lowerBound }
      rest = text.after(first + 1, in: rest)..<rest.upperBound
      rest = parameters(rest).rest
    }
    if let first = rest.first, text.isWord(first, "where") { rest = rest.dropFirst() }
    if isFind,
      let project = text.first(in: rest, where: { ["project", "project-smart"].contains(text.text($0).lowercased()) })
    {
      rest = rest.lowerBound..<project
    }
    guard !rest.isEmpty else { return .always }
    var environment = environment
    environment.isSearch = true
    return predicate(expression(rest), environment)
  }

  // MARK: Several tables

  private func union(
    _ range: Range<Int>, _ name: String, _ body: Range<Int>, _ table: inout KustoTable, _ environment: Environment,
    isFirst: Bool
  ) {
    var legs: [KustoTable] = isFirst ? [] : [table]
    for part in text.parts(of: parameters(body).rest, between: ",") {
      let isPattern = part.contains { text.text($0) == "*" } && text.first(in: part) { text.isSymbol($0, "(") } == nil
      legs.append(
        isPattern ? .named(text.text(part), at: text.span(part).lowerBound) : self.table(expression(part), environment))
    }
    var result = KustoTable(
      columns: legs.dropFirst().reduce(legs.first?.columns ?? KustoColumns()) { $0.united(with: $1.columns) })
    result.read(legs + reads.tables)
    let logic: Predicate =
      legs.allSatisfy(\.logic.isEmpty) ? .always : .any(legs.map { .group($0.logic, byAnd: true) })
    let whole = joined(logic, with: reads.tables)
    let stage = addStage(name, range, whole)
    if !whole.isAlways { result.logic = [stage] }
    table = result
  }

  private func join(
    _ range: Range<Int>, _ name: String, _ body: Range<Int>, _ table: inout KustoTable, _ environment: Environment
  ) {
    let (settings, rest) = parameters(body)
    let kind = settings["kind"] ?? ""
    let end = text.first(in: rest) { text.isWord($0, "on") || text.isWord($0, "where") } ?? rest.upperBound
    let right = rest.lowerBound..<end
    var (other, used) = collecting { right.isEmpty ? KustoTable() : self.table(expression(right), environment) }
    other.read(used.tables)
    let logic = joined(.always, with: [other] + used.tables)
    switch kind {
    case "anti", "leftanti", "leftantisemi":
      _ = addStage(name, range, .always)
      return
    case "rightanti", "rightantisemi":
      // The rows so far are those to be excluded.
      let stage = addStage(name, range, logic)
      table = other
      table.logic = logic.isAlways ? [] : [stage]
    default:
      let stage = addStage(name, range, logic)
      if !logic.isAlways { table.logic.append(stage) }
      switch kind {
      case "leftsemi": break
      case "rightsemi": table.columns = other.columns
      default: table.columns = table.columns.joined(with: other.columns)
      }
      table.read([other])
    }
  }

  /// `mv-apply x = y on (query)`, `partition by x (query)`: the subquery receives parts of these rows.
  private func applySubquery(
    _ range: Range<Int>, _ name: String, _ body: Range<Int>, _ table: inout KustoTable, _ environment: Environment
  ) {
    let bracket = body.last {
      text.isSymbol($0, "(") || text.isSymbol($0, "{")
        ? text.after($0) >= body.upperBound && text.first(in: body.lowerBound..<$0 + 1) { _ in false } == nil : false
    }
    var inner = KustoTable(columns: table.columns)
    let opening =
      text.first(in: body) { (text.isSymbol($0, "(") || text.isSymbol($0, "{")) && text.after($0) >= body.upperBound }
      ?? bracket
    if name != "partition" {
      expand(&inner, body.lowerBound..<(text.first("on", in: body) ?? opening ?? body.upperBound), environment)
    }
    var logic: [Predicate] = []
    if let opening, let content = text.inside(opening, in: body), !content.isEmpty {
      let result = pipeline(content, environment, input: inner)
      logic = result.logic
      table.read([result])
      table.columns = KustoColumns(
        table.columns.known.merging(result.columns.known) { $1 }, isOpen: table.columns.isOpen || result.columns.isOpen)
    }
    table.read(reads.tables)
    let whole = joined(.group(logic, byAnd: true), with: reads.tables)
    let stage = addStage(name, range, whole)
    if !whole.isAlways { table.logic.append(stage) }
  }

  private func evaluate(_ table: inout KustoTable, _ body: Range<Int>, _ environment: Environment) {
    guard case .call(_, let arguments) = expression(parameters(body).rest).kind else { return }
    for argument in arguments {
      if case .table(let other) = operand(argument, environment) {
        table.columns = table.columns.joined(with: other.columns)
      }
    }
    // Plug-ins turn the contents of a property bag into columns.
    table.columns = KustoColumns(table.columns.known, isOpen: true)
  }

  private func invoke(_ table: inout KustoTable, _ body: Range<Int>, _ environment: Environment) {
    let expression = expression(body)
    guard case .call(let function, let arguments) = expression.kind,
      case .function(let defined)? = environment.scope[values.source(function)],
      case .table(let result) = call(defined, arguments, environment, at: expression.span, piped: table)
    else { return }
    table = result
  }

  /// `scan … with (step s: condition => assignments; …)`.
  private func scan(_ table: inout KustoTable, _ body: Range<Int>, _ environment: Environment) -> Predicate {
    guard let open = body.last(where: { text.isSymbol($0, "(") && text.after($0) >= body.upperBound }),
      let steps = text.inside(open, in: body)
    else { return .always }
    var conditions: [Predicate] = []
    var environment = environment
    let parts = text.parts(of: steps, between: ";")
    // A step's name refers to the row that it matched last.
    for step in parts where step.count > 1 { environment.columns[text.text(step.lowerBound + 1)] = .computed }
    for step in parts {
      guard let colon = text.first(in: step, where: { text.isSymbol($0, ":") }) else { continue }
      let end = text.first(in: step) { text.isSymbol($0, "=>") } ?? step.upperBound
      if colon + 1 < end { conditions.append(predicate(expression(colon + 1..<end), environment)) }
      for assignment in text.parts(of: min(end + 1, step.upperBound)..<step.upperBound, between: ",") {
        table.columns[columnName(assignment.lowerBound, in: assignment)] = .computed
      }
    }
    return conditions.isEmpty ? .always : .group(conditions, byAnd: false)
  }
}
