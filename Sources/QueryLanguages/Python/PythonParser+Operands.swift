/// Names, values, brackets, and the members, indices and calls after them.
extension PythonParser {
  mutating func path() throws(Fault) -> PythonExpression {
    let start = offset
    let base = try operand()
    var steps: [PythonExpression.Step] = []
    while true {
      if take(".") {
        guard next < end, tokens[next].kind == .word else { throw fault }
        steps.append(.member(String(decoding: bytes[tokens[next].span], as: UTF8.self)))
        next += 1
      } else if take("[") {
        steps.append(try index())
      } else if take("(") {
        steps.append(.call(try arguments()))
      } else {
        break
      }
    }
    return steps.isEmpty ? base : PythonExpression(.path(base, steps), start..<endOfLast)
  }

  mutating func index() throws(Fault) -> PythonExpression.Step {
    var value: PythonExpression?
    var isSlice = false
    while !take("]") {
      if take(":") {
        isSlice = true
      } else if isNext(",") || value == nil || isSlice {
        if take(",") {
          isSlice = true
          continue
        }
        value = try starred()
      } else {
        throw fault
      }
    }
    guard !isSlice, let value else { return .slice }
    return .index(value)
  }

  private mutating func arguments() throws(Fault) -> [PythonExpression.Argument] {
    var arguments: [PythonExpression.Argument] = []
    while !take(")") {
      if isNext("=", ahead: 1), let name = name() {
        next += 1
        arguments.append(PythonExpression.Argument(name: name, value: try expression()))
      } else {
        let start = offset
        let value = try starred()
        if isNext("for") || isNext("async") {
          let loops = try loops()
          arguments.append(
            PythonExpression.Argument(
              value: PythonExpression(.comprehension(key: nil, value: value, loops), start..<endOfLast)))
        } else {
          arguments.append(PythonExpression.Argument(value: value))
        }
      }
      if !take(",") {
        try expect(")")
        break
      }
    }
    return arguments
  }

  private mutating func loops() throws(Fault) -> [PythonExpression.Loop] {
    var loops: [PythonExpression.Loop] = []
    while take("async") || isNext("for") {
      try expect("for")
      let target = try targets()
      try expect("in")
      let values = try disjunction()
      var conditions: [PythonExpression] = []
      while take("if") { conditions.append(try disjunctionOrName()) }
      loops.append(PythonExpression.Loop(target: target, values: values, conditions: conditions))
    }
    return loops
  }

  private mutating func disjunctionOrName() throws(Fault) -> PythonExpression {
    isNext(":=", ahead: 1) ? try expression() : try disjunction()
  }

  /// The names that a loop sets, before `in`.
  mutating func targets() throws(Fault) -> PythonExpression {
    let start = offset
    var items: [PythonExpression] = []
    var isTuple = false
    repeat {
      if isNext("in") { break }
      _ = take("*")
      items.append(try path())
      isTuple = isTuple || isNext(",")
    } while take(",")
    guard let first = items.first else { throw fault }
    return isTuple ? PythonExpression(.list(items), start..<endOfLast) : first
  }

  private mutating func operand() throws(Fault) -> PythonExpression {
    guard next < end else { throw fault }
    let token = tokens[next]
    switch token.kind {
    case .number:
      next += 1
      return PythonExpression(.number(String(decoding: bytes[token.span], as: UTF8.self)), token.span)
    case .text: return text()
    case .word:
      guard let name = name() else { throw fault }
      return PythonExpression(.name(name), token.span)
    case .symbol: return try bracketed()
    default: throw fault
    }
  }

  private mutating func bracketed() throws(Fault) -> PythonExpression {
    guard depth < PythonParser.maximalDepth else { throw Fault(kind: .tooDeep, offset: offset) }
    depth += 1
    defer { depth -= 1 }
    if take("(") { return try items(closedBy: ")", isGroup: true) }
    if take("[") { return try items(closedBy: "]", isGroup: false) }
    if take("{") { return try dictionaryOrSet() }
    if take("...") { return PythonExpression(.name("Ellipsis"), tokens[next - 1].span) }
    throw fault
  }

  mutating func items(closedBy close: StaticString, isGroup: Bool) throws(Fault) -> PythonExpression {
    let start = tokens[next - 1].span.lowerBound
    var items: [PythonExpression] = []
    var hasComma = false
    while !take(close) {
      let value = try starred()
      if isNext("for") || isNext("async") {
        let loops = try loops()
        try expect(close)
        return PythonExpression(.comprehension(key: nil, value: value, loops), start..<endOfLast)
      }
      items.append(value)
      if take(",") {
        hasComma = true
      } else {
        try expect(close)
        break
      }
    }
    // A group keeps its own span, without the brackets.
    if isGroup, !hasComma, items.count == 1 { return items[0] }
    return PythonExpression(.list(items), start..<endOfLast)
  }

  private mutating func dictionaryOrSet() throws(Fault) -> PythonExpression {
    let start = tokens[next - 1].span.lowerBound
    var items: [PythonExpression] = []
    var entries: [PythonExpression.Entry] = []
    while !take("}") {
      if take("**") {
        entries.append(PythonExpression.Entry(key: nil, value: try disjunction()))
      } else {
        let first = try starred()
        if take(":") {
          let value = try expression()
          if isNext("for") || isNext("async") {
            let loops = try loops()
            try expect("}")
            return PythonExpression(.comprehension(key: first, value: value, loops), start..<endOfLast)
          }
          entries.append(PythonExpression.Entry(key: first, value: value))
        } else if isNext("for") || isNext("async") {
          let loops = try loops()
          try expect("}")
          return PythonExpression(.comprehension(key: nil, value: first, loops), start..<endOfLast)
        } else {
          items.append(first)
        }
      }
      if !take(",") {
        try expect("}")
        break
      }
    }
    return PythonExpression(items.isEmpty ? .dictionary(entries) : .list(items), start..<endOfLast)
  }
}
