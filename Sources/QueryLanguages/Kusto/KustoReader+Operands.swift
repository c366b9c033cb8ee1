/// The result of expressions: constants, columns, times and computed values.
extension KustoReader {
  func operand(_ expression: Expression, _ environment: Environment) -> KustoOperand {
    let offset = expression.span.lowerBound
    switch expression.kind {
    case .number:
      let text = values.source(expression)
      // A name may also begin with a digit.
      if environment.scope[text] != nil { return column(text, at: offset, environment) }
      return isTimespan(text)
        ? .time : .constants([KustoConstant(kind: .number, text: text, offset: offset)], isList: false)
    case .text:
      return .constants(
        [KustoConstant(kind: .text, text: values.text(of: expression) ?? "", offset: offset)], isList: false)
    case .literal(let name):
      guard values.source(name).lowercased() == "guid" else { return .time }
      let inner = values.source(expression).drop { $0 != "(" }.dropFirst().dropLast()
      return .constants([KustoConstant(kind: .text, text: String(inner), offset: offset)], isList: false)
    case .name, .quotedName: return column(values.source(expression), at: offset, environment)
    case .list(let items): return list(expression, items, environment)
    case .call(let function, let arguments): return call(function, arguments, environment, at: expression.span)
    case .path(let base, let steps): return path(base, steps, expression, environment)
    case .query(let inner): return read(pipeline(text.range(inner), environment))
    case .prefix(.arithmetic, let value):
      let operand = operand(value, environment)
      let sign = text.bytes[offset] == UInt8(ascii: "-") ? "-" : ""
      guard case .constants(let constants, false) = operand, let first = constants.first, first.kind == .number else {
        if case .time = operand { return .time }
        return .computed(nil)
      }
      return .constants([KustoConstant(kind: .number, text: sign + first.text, offset: offset)], isList: false)
    case .prefix(_, let value), .postfix(_, let value), .block(let value):
      _ = operand(value, environment)
      return .computed(nil)
    case .infix(.named("="), let parts): return parts.last.map { operand($0, environment) } ?? .computed(nil)
    case .infix(let meaning, let parts):
      let operands = parts.map { operand($0, environment) }
      // Adjacent strings are concatenated.
      if meaning == .arithmetic, let joined = folded("strcat", operands),
        parts.allSatisfy({ if case .text = $0.kind { true } else { false } })
      {
        return joined
      }
      return operands.contains { if case .time = $0 { true } else { false } } ? .time : .computed(nil)
    case .comparison(let left, let comparison, let right):
      _ = operand(left, environment)
      let (_, used) = collecting { operand(right, environment) }
      if !comparison.isNegated || !comparison.takesList { reads.insert(used) }
      return .computed(nil)
    case .range(let lower, let upper, _, _):
      _ = (operand(lower, environment), operand(upper, environment))
      return .computed(nil)
    case .regex, .unread: return .computed(nil)
    }
  }

  /// The value of a query that is used as an expression.
  private func read(_ table: KustoTable) -> KustoOperand {
    if let list = table.list { return .constants(list, isList: true) }
    use(table)
    return .table(table)
  }

  /// Records that values were taken from other queries.
  func use(_ others: KustoReads, at range: Range<Int>) {
    if !others.tables.isEmpty, spend(others.tables.count, at: range) { reads.insert(others) }
  }

  private func use(_ table: KustoTable) {
    var table = table
    if table.id == 0 { table.id = newTable() }
    reads.insert(table)
  }

  /// What a name refers to: a column that the query created hides a definition, which hides a column of the data.
  func column(_ name: String, at offset: Int, _ environment: Environment) -> KustoOperand {
    if let nature = environment.columns.known[name] { return nature == .field ? .field(name) : .computed(name) }
    switch environment.scope[name] {
    case .value(let value, let reads):
      use(reads, at: text.range(offset..<offset))
      if case .table(let table) = value { return read(table) }
      return value
    case .function(let function):
      let result = call(function, [], environment, at: offset..<offset)
      if case .table(let table) = result { return read(table) }
      return result
    case nil: break
    }
    if Kusto.truths.contains(name) {
      return .constants([KustoConstant(kind: .truth, text: name, offset: offset)], isList: false)
    }
    if name == "null" { return .constants([KustoConstant(kind: .null, text: "", offset: offset)], isList: false) }
    return environment.columns[name] == .field ? .field(name) : .computed(name)
  }

  /// `("a", "b")`, `["a", "b"]`; a single string in square brackets is a name.
  private func list(_ expression: Expression, _ items: [Expression], _ environment: Environment) -> KustoOperand {
    if items.count == 1, isName(expression), let name = values.text(of: items[0]) {
      return column(name, at: items[0].span.lowerBound, environment)
    }
    return constants(of: items, environment) ?? .computed(nil)
  }

  private func isName(_ list: Expression) -> Bool { text.bytes[list.span.lowerBound] == UInt8(ascii: "[") }

  /// The constants of all items together, if all of them are constant.
  func constants(of items: [Expression], _ environment: Environment) -> KustoOperand? {
    var found: [KustoConstant] = []
    var areConstants = true
    for item in items {
      // Inside a list, a string in square brackets is itself a list.
      let operand: KustoOperand
      if case .list(let inner) = item.kind {
        operand = constants(of: inner, environment) ?? .computed(nil)
      } else {
        operand = self.operand(item, environment)
      }
      if case .constants(let constants, _) = operand { found += constants } else { areConstants = false }
    }
    return areConstants ? .constants(found, isList: true) : nil
  }

  /// Parts are joined by dots; an index stays in brackets.
  private func path(
    _ base: Expression, _ steps: [Expression.Step], _ expression: Expression, _ environment: Environment
  ) -> KustoOperand {
    if isReference(expression) { return read(table(expression, environment)) }
    let operand = operand(base, environment)
    var (name, isField): (String, Bool)
    switch operand {
    case .field(let field): (name, isField) = (field, true)
    case .computed(let column?): (name, isField) = (column, false)
    case .computed(nil), .constants, .time, .table: return .computed(nil)
    }
    for step in steps {
      switch step {
      case .member(let part): name += "." + values.source(part)
      case .index(let part):
        switch part.kind {
        case .text: name += "." + (values.text(of: part) ?? "")
        case .number, .prefix: name += "[" + values.source(part) + "]"
        default:
          guard case .constants(let constants, false) = self.operand(part, environment), let first = constants.first
          else {
            return .computed(nil)
          }
          name += first.kind == .number ? "[\(first.text)]" : ".\(first.text)"
        }
      case .call: return .computed(nil)
      }
    }
    return isField ? .field(name) : .computed(name)
  }

  /// `7d`, `1.5h`, `100ms`.
  private func isTimespan(_ text: String) -> Bool {
    let unit = text.drop { $0.isASCII && ($0.isNumber || $0 == ".") }
    return !unit.isEmpty && Kusto.timeUnits.contains(String(unit))
  }

  // MARK: Functions

  private func call(
    _ function: Expression, _ arguments: [Expression], _ environment: Environment, at span: Range<Int>
  ) -> KustoOperand {
    let written = values.source(function)
    if case .function(let defined)? = environment.scope[written] {
      let result = call(defined, arguments, environment, at: span)
      if case .table(let table) = result { return read(table) }
      return result
    }
    let name = written.lowercased()
    switch name {
    case "dynamic":
      guard arguments.count == 1 else { return .computed(nil) }
      if case .list(let items) = arguments[0].kind { return constants(of: items, environment) ?? .computed(nil) }
      return operand(arguments[0], environment)
    case "column_ifexists", "columnifexists":
      guard let first = arguments.first else { return .computed(nil) }
      for argument in arguments.dropFirst() { _ = operand(argument, environment) }
      let named = operand(first, environment)
      guard case .constants(let constants, false) = named, let text = constants.first?.text else { return named }
      return environment.columns[text] == .field ? .field(text) : .computed(text)
    case "toscalar":
      guard let first = arguments.first else { return .computed(nil) }
      let result = value(of: first, environment)
      guard case .table(let table) = result else { return result }
      if let list = table.list { return .constants(list, isList: true) }
      use(table)
      return .computed(nil)
    case "materialize", "view", "table", "_getwatchlist", "externaldata", "datatable":
      return read(table(Expression(.call(function, arguments), span), environment))
    case _ where Kusto.transparent.contains(name):
      guard let first = arguments.first else { return .computed(nil) }
      return operand(first, environment)
    default: break
    }
    let operands = arguments.map { operand($0, environment) }
    if Kusto.times.contains(name) { return .time }
    if let folded = folded(name, operands) { return folded }
    if !Kusto.isKnown(name) {
      report(.queryFunction, "there is no function '\(written)'; correct its name or define it", at: span.lowerBound)
    }
    return .computed(nil)
  }

  /// The result of functions whose arguments are constants.
  private func folded(_ name: String, _ operands: [KustoOperand]) -> KustoOperand? {
    var all: [[KustoConstant]] = []
    for operand in operands {
      guard case .constants(let constants, _) = operand else { return nil }
      all.append(constants)
    }
    guard let first = all.first?.first else { return nil }
    // Definitions that use each other twice would double with each.
    let size = all.joined().reduce(0) { $0 + $1.text.utf8.count + 1 }
    guard size <= limits.foldedBytes else { return nil }
    switch name {
    case "strcat":
      let text = all.joined().map(\.text).joined()
      return .constants([KustoConstant(kind: .text, text: text, offset: first.offset)], isList: false)
    case "array_concat", "pack_array", "set_union", "array_sort_asc", "array_sort_desc":
      return .constants(all.flatMap(\.self), isList: true)
    case "split":
      guard all.count == 2, let separator = all[1].first?.text, !separator.isEmpty else { return nil }
      let parts = first.text.split(separator: separator, omittingEmptySubsequences: false)
      return .constants(
        parts.map { KustoConstant(kind: .text, text: String($0), offset: first.offset) }, isList: true)
    default: return nil
    }
  }
}
