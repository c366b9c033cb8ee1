/// How commands change the columns.
extension KustoReader {
  /// The items of a list such as `A = f(B), C`: the names assigned to each, or none, and its value.
  private func items(_ body: Range<Int>) -> [(names: [String], value: Expression)] {
    text.parts(of: body, between: ",").map { part in
      let item = expression(part)
      guard case .infix(.named("="), let sides) = item.kind, sides.count == 2 else { return ([], item) }
      if case .list(let names) = sides[0].kind, names.count > 1 { return (names.map(name), sides[1]) }
      return ([name(sides[0])], sides[1])
    }
  }

  private func name(_ expression: Expression) -> String {
    if case .list(let items) = expression.kind, items.count == 1, let name = values.text(of: items[0]) { return name }
    return values.source(expression)
  }

  /// The nature of a column that holds this value.
  private func nature(_ operand: KustoOperand) -> KustoColumns.Nature {
    if case .field = operand { .field } else { .computed }
  }

  /// The name that the engine gives to an unnamed column: `a_b` for `tostring(a.b)`.
  private func standardName(_ expression: Expression, _ operand: KustoOperand) -> String? {
    switch (expression.kind, operand) {
    case (.name, _), (.list, _): name(expression)
    case (_, .field(let field)):
      String(field.map { $0 == "." || $0 == "[" || $0 == "]" ? "_" : $0 })
    case (.call(_, let arguments), _):
      // `bin(X, 1h)` is named X.
      if let first = arguments.first, case .name = first.kind { values.source(first) } else { nil }
    default: nil
    }
  }

  /// Adds columns to the environment's rows. Each item can use those before it.
  func extend(_ environment: inout Environment, _ body: Range<Int>) {
    for (names, value) in items(body) {
      let operand = operand(value, environment)
      for name in names.isEmpty ? [standardName(value, operand)].compactMap(\.self) : names {
        environment.columns[name] = nature(operand)
      }
    }
  }

  func project(_ table: inout KustoTable, _ body: Range<Int>, _ environment: Environment) {
    let constants = table.constants
    table.constants = nil
    var columns = KustoColumns(isOpen: false)
    var kept: [(column: String, values: [KustoConstant])]? = constants == nil ? nil : []
    for (names, value) in items(parameters(body).rest) {
      if case .name = value.kind, values.source(value) == "*" {
        (columns, kept) = (table.columns, constants)
        continue
      }
      let operand = operand(value, environment)
      for name in names.isEmpty ? [standardName(value, operand)].compactMap(\.self) : names {
        columns[name] = nature(operand)
        if case .field(let field) = operand, let column = constants?.first(where: { $0.column == field }) {
          kept?.append((name, column.values))
        } else {
          kept = nil
        }
      }
    }
    table.columns = columns
    table.constants = kept
  }

  /// `project-keep A, B*`: for columns kept by a pattern, nothing more is known.
  func keep(_ table: inout KustoTable, _ body: Range<Int>) {
    var columns = KustoColumns(isOpen: false)
    for part in text.parts(of: body, between: ",") {
      if part.count > 1, !text.isSymbol(part.lowerBound, "[") { return }
      let name = columnName(part.lowerBound, in: part)
      columns[name] = table.columns[name]
    }
    table.columns = columns
  }

  func rename(_ table: inout KustoTable, _ body: Range<Int>, _ environment: Environment) {
    let old = table.columns
    for (names, value) in items(body) {
      let from = name(value)
      table.columns.remove(from)
      for name in names { table.columns[name] = old[from] }
    }
  }

  /// Aggregations create columns; the columns grouped by don't change.
  func summarize(_ table: inout KustoTable, _ body: Range<Int>, _ environment: Environment) {
    let body = parameters(body).rest
    let by = text.first("by", in: body) ?? body.upperBound
    var columns = KustoColumns(isOpen: false)
    for (names, value) in items(body.lowerBound..<by) {
      let function: String
      var arguments: [Expression] = []
      if case .call(let called, let found) = value.kind {
        (function, arguments) = (values.source(called).lowercased(), found)
      } else {
        function = ""
      }
      _ = operand(value, environment)
      for name in names { columns[name] = .computed }
      guard Kusto.passingAggregations.contains(function) else { continue }
      // These return columns of a row unchanged; assigned names replace only that of the first column.
      let passed = names.isEmpty ? arguments[...] : arguments.dropFirst()
      for argument in passed {
        if case .name = argument.kind, values.source(argument) == "*" {
          columns = KustoColumns(table.columns.known.merging(columns.known) { $1 }, isOpen: table.columns.isOpen)
        } else {
          let operand = operand(argument, environment)
          if let name = standardName(argument, operand), columns.known[name] == nil { columns[name] = nature(operand) }
        }
      }
    }
    if by < body.upperBound {
      for (names, value) in items(by + 1..<body.upperBound) {
        let operand = operand(value, environment)
        for name in names.isEmpty ? [standardName(value, operand)].compactMap(\.self) : names {
          columns[name] = nature(operand)
        }
      }
    }
    table.columns = columns
  }

  /// `make-series A = count() default = 0 on B from … to … step … by C`
  func series(_ table: inout KustoTable, _ body: Range<Int>, _ environment: Environment) {
    let by = text.first("by", in: body) ?? body.upperBound
    let end = text.first("on", in: body.lowerBound..<by) ?? by
    let before = table.columns
    summarize(&table, by..<body.upperBound, environment)
    for part in text.parts(of: body.lowerBound..<end, between: ",") {
      let standard = text.first("default", in: part) ?? part.upperBound
      for (names, value) in items(part.lowerBound..<standard) {
        _ = operand(value, environment)
        for name in names { table.columns[name] = .computed }
      }
    }
    if end < by, end + 1 < by {
      let axis = columnName(end + 1, in: body)
      table.columns[axis] = before[axis]
    }
  }

  /// `parse kind=regex A with * "text" B: type …`: names outside strings are new columns.
  func parse(_ table: inout KustoTable, _ body: Range<Int>) {
    guard let with = text.first("with", in: body) else { return }
    for index in with + 1..<max(with + 1, body.upperBound)
    where text.tokens[index].kind == .word && text.text(index) != "*" && !text.isSymbol(index - 1, ":") {
      table.columns[text.text(index)] = .field
    }
  }

  /// `parse-kv A as (B: string, …) with (…)`.
  func parseKeys(_ table: inout KustoTable, _ body: Range<Int>) {
    guard let word = text.first("as", in: body), let list = text.inside(word + 1, in: body) else { return }
    for part in text.parts(of: list, between: ",") { table.columns[columnName(part.lowerBound, in: part)] = .field }
  }

  /// `mv-expand A = B to typeof(string)`: an element of a field is a field.
  func expand(_ table: inout KustoTable, _ body: Range<Int>, _ environment: Environment) {
    let (settings, rest) = parameters(body)
    for part in text.parts(of: rest, between: ",") {
      let end = text.first(in: part) { text.isWord($0, "to") || text.isWord($0, "limit") } ?? part.upperBound
      guard part.lowerBound < end else { continue }
      for (names, value) in items(part.lowerBound..<end) {
        let operand = operand(value, environment)
        for name in names.isEmpty ? [standardName(value, operand)].compactMap(\.self) : names {
          table.columns[name] = nature(operand)
        }
      }
    }
    if let index = settings["with_itemindex"] { table.columns[index] = .computed }
  }
}
