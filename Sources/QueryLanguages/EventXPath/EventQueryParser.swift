import Diagnostics
import Text

/// Reads the XPath of a `Select` or `Suppress` element.
///
/// `AND` and `OR` in capitals are accepted and reported, since XPath has only the lower-case forms. Functions that the
/// event log doesn't support are reported as well.
package struct EventQueryParser {
  private static let functions = ["band", "timediff", "position"]

  private var parser: PrattParser

  package init(_ text: String) { parser = PrattParser(Array(text.utf8), grammar: EventQuery.grammar) }

  package mutating func parse() throws(EventQueryError) -> EventQuery {
    let axis = axisFault
    let expression: Expression
    do throws(SyntaxFault) { expression = try parser.parse() } catch {
      if let axis, axis.start < error.offset { throw axis.error }
      throw self.error(of: error)
    }
    if let axis { throw axis.error }
    return query(of: expression)
  }

  /// Operators in capitals.
  package var capitals: [Range<Int>] { parser.unusualOperators.map(\.span) }

  /// Parts that can be parsed but aren't understood.
  package var faults: [EventQueryError] {
    parser.calls.compactMap { call in
      let name = stepName(call.name)
      // Another axis is reported separately.
      if EventQueryParser.functions.contains(name.lowercased()) || name.contains("::") { return nil }
      let advice =
        name.lowercased() == "not" ? "compare with '!=', or write a Suppress" : "it has band, timediff and position"
      return EventQueryError(
        span: call.name, message: "the event log has no function '\(shortened(name))'; \(advice)")
    }
  }

  // MARK: Queries

  private func query(of expression: Expression) -> EventQuery {
    switch expression.kind {
    case .infix(.or, let parts): .any(parts.map(query))
    case .infix(.and, let parts): .all(parts.map(query))
    case .comparison(let left, let comparison, let right):
      .compare(query(of: left), EventQuery.Comparison(comparison), query(of: right))
    case .text: .text(text(expression.span.dropFirst().dropLast()))
    case .number: .number(text(expression.span))
    case .call(let name, let arguments): function(stepName(name.span), arguments, expression.span)
    case .name: .path([step(expression)])
    case .path(let base, let steps): .path(path(base, steps))
    default: .unclear(text(expression.span).inOneLine)
    }
  }

  private func function(_ name: String, _ arguments: [Expression], _ span: Range<Int>) -> EventQuery {
    let name = name.lowercased()
    return EventQueryParser.functions.contains(name)
      ? .function(name, arguments.map(query)) : .unclear(text(span).inOneLine)
  }

  private func path(_ base: Expression, _ steps: [Expression.Step]) -> [EventQuery.Step] {
    var path = [step(base)]
    for step in steps {
      switch step {
      case .member(let name): path.append(self.step(name))
      case .index(let condition): path[path.count - 1].predicates.append(query(of: condition))
      // An element is compared by its text.
      case .call: path[path.count - 1].name = "."
      }
    }
    return path
  }

  private func step(_ expression: Expression) -> EventQuery.Step {
    EventQuery.Step(name: stepName(expression.span), predicates: [], offset: expression.span.lowerBound)
  }

  /// A name as it is used in a step: without its axis, and with `@` for an attribute.
  private func stepName(_ span: Range<Int>) -> String {
    let (name, isAttribute, _) = nameWithoutAxes(span)
    return isAttribute ? "@" + text(name) : text(name)
  }

  // MARK: Axes

  /// A name without the two axes of MS-EVEN6, which are rarely written out.
  private func nameWithoutAxes(_ span: Range<Int>) -> (name: Range<Int>, isAttribute: Bool, axis: Range<Int>?) {
    var cursor = Cursor(parser.bytes, in: span)
    if cursor.take(EventQuery.childAxis) { cursor.skip(while: .spaces) }
    let isAttribute = cursor.take(EventQuery.attributeAxis)
    if isAttribute { cursor.skip(while: .spaces) }
    let start = cursor.at
    while cursor.at < cursor.end, !cursor.isAt(Array("::".utf8)) { cursor.skipCharacter() }
    return (start..<span.upperBound, isAttribute, cursor.at < cursor.end ? start..<cursor.at : nil)
  }

  /// The first name with another axis, or with nothing after its axis, and where it starts.
  private var axisFault: (start: Int, error: EventQueryError)? {
    for token in parser.tokens where token.kind == .word {
      let (name, _, axis) = nameWithoutAxes(token.span)
      if name.isEmpty { return (token.span.lowerBound, unreadableName(at: name)) }
      guard let axis else { continue }
      let message = "the event log has no axis '\(shortened(text(axis)))'; it has child and attribute"
      return (token.span.lowerBound, EventQueryError(span: axis, message: message))
    }
    return nil
  }

  // MARK: Errors

  private func error(of fault: SyntaxFault) -> EventQueryError {
    let rest = rest(from: fault.offset)
    let isAtEnd = fault.index >= parser.tokens.count
    let token = isAtEnd ? "" : text(parser.tokens[fault.index].span)
    let message: String
    switch fault.kind {
    case .missingOperand where isAtEnd: message = "the query ends where a value is expected"
    case .missingOperand where token == "/":
      message = "the path starts with '/'; write it from the event: *[System[…]]"
    case .missingOperand, .missingName:
      return unreadableName(at: isAtEnd ? fault.offset..<fault.offset : parser.tokens[fault.index].span)
    case .missing(let text):
      message = isAtEnd ? "'\(text)' is missing at the end" : "'\(text)' is missing before '\(rest)'"
    case .unclosedText: message = "the text has no closing quote"
    case .unexpected:
      let advice = token == "|" ? "write a Select for each part" : "write operators in lower case"
      message = "'\(rest)' can't be read; \(advice)"
    case .tooDeep:
      // After the bracket that is nested too deep.
      let offset = isAtEnd ? fault.offset : parser.tokens[fault.index].span.upperBound
      return EventQueryError(span: offset..<offset, message: "the query is nested more than 64 deep")
    case .tooLong: message = "the query has more than \(parser.grammar.limits.tokens) words; split it"
    }
    return EventQueryError(
      span: isAtEnd ? fault.offset..<fault.offset : parser.tokens[fault.index].span, message: message)
  }

  private func unreadableName(at span: Range<Int>) -> EventQueryError {
    EventQueryError(span: span, message: "'\(rest(from: span.lowerBound))' can't be read; write a name, a value or '('")
  }

  /// The beginning of the remaining text, enough for a reader to find the place.
  private func rest(from offset: Int) -> String { String(text(offset..<parser.bytes.count).prefix(20)) }

  private func text(_ span: Range<Int>) -> String { String(decoding: parser.bytes[span], as: UTF8.self) }
}

extension EventQuery.Comparison {
  fileprivate init(_ comparison: FieldComparison) {
    self =
      switch comparison.kind {
      case .lt: .less
      case .lte: .atMost
      case .gt: .greater
      case .gte: .atLeast
      default: comparison.isNegated ? .unequal : .equal
      }
  }
}
