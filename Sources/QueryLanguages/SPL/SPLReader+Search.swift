import Diagnostics
import RuleModel

/// Conditions: what `search` looks for, and what `where` asks.
extension SPLReader {
  /// - Parameter isNegated: whether events that match are excluded.
  func searchPredicate(in range: Range<Int>, _ columns: ComputedNames, isNegated: Bool = false) -> Predicate {
    guard !tokens(range).isEmpty else { return .always }
    guard let expression = expression(in: range, SPL.search) else { return opaque(range) }
    return condition(expression, lowering(SPL.searchLowering, columns, isNegated: isNegated))
  }

  func wherePredicate(in range: Range<Int>, _ columns: ComputedNames) -> Predicate {
    guard !tokens(range, SPL.grammar).isEmpty else { return .always }
    guard let expression = expression(in: range, SPL.grammar) else { return opaque(range) }
    return condition(expression, lowering(SPL.lowering, columns))
  }

  /// nil if it can't be read; the fault is then recorded.
  func expression(in range: Range<Int>, _ grammar: Grammar) -> Expression? {
    let isSearch = grammar === SPL.search
    let tokens = isSearch ? terms(tokens(range)) : tokens(range, grammar)
    var parser = PrattParser(bytes, tokens: tokens, end: range.upperBound, grammar: grammar)
    defer { if grammar === SPL.grammar { faults += SPL.lowering.unknownFunctions(in: parser, place) } }
    do throws(SyntaxFault) {
      let expression = try parser.parse()
      for fault in parser.faults { note(fault, grammar) }
      return expression
    } catch {
      note(error, grammar)
      return nil
    }
  }

  /// The tokens of what `search` looks for, where a comma is white space and a call is one term.
  private func terms(_ tokens: [Token]) -> [Token] {
    guard tokens.count <= SPL.search.limits.tokens else { return tokens }
    var terms: [Token] = []
    terms.reserveCapacity(tokens.count)
    var closers: [Int: Int]?
    var at = 0
    while at < tokens.count {
      defer { at += 1 }
      let token = tokens[at]
      if isSymbol(token, ",") { continue }
      terms.append(token)
      guard token.kind == .word, at + 1 < tokens.count, isSymbol(tokens[at + 1], "("),
        tokens[at + 1].span.lowerBound == token.span.upperBound,
        isFunction(expanded(token.span), after: at > 0 ? tokens[at - 1] : nil)
      else { continue }
      let ends = closers ?? closingBrackets(of: tokens)
      closers = ends
      guard let end = ends[at + 1] else { continue }
      terms[terms.count - 1].span = token.span.lowerBound..<tokens[end].span.upperBound
      at = end
    }
    return terms
  }

  /// The index of the bracket that closes each opening one.
  private func closingBrackets(of tokens: [Token]) -> [Int: Int] {
    var open: [Int] = []
    var closers: [Int: Int] = [:]
    for (index, token) in tokens.enumerated() {
      if isSymbol(token, "(") { open.append(index) }
      if isSymbol(token, ")"), let start = open.popLast() { closers[start] = index }
    }
    return closers
  }

  /// Whether a name that a bracket follows is a predicate or, after an operator, a function whose value is compared.
  private func isFunction(_ written: String, after token: Token?) -> Bool {
    let name = written.lowercased()
    guard let token, token.kind == .symbol, SPL.comparisons.contains(expanded(token.span)) else {
      return SPL.predicates.contains(name)
    }
    // `CASE(Admin)` is a directive, `case(a, b)` a function.
    if ["TERM", "CASE", "PREFIX"].contains(written) { return false }
    return SPL.lowering.known.contains(name) || SPL.lowering.times.contains(name)
  }

  private func isSymbol(_ token: Token, _ symbol: Character) -> Bool {
    token.kind == .symbol && token.span.count == 1 && bytes[token.span.lowerBound] == symbol.asciiValue
  }

  /// Whether a term of `search` is a call; see ``terms(_:)``.
  private func isCall(_ term: Expression) -> Bool {
    guard term.kind == .name, bytes[term.span.upperBound - 1] == UInt8(ascii: ")") else { return false }
    return SPL.search.tokens(of: bytes, in: term.span).count > 1
  }

  /// A call among the terms of `search`, read as an expression.
  private func call(_ term: Expression, _ outer: ExpressionLowering) -> Predicate {
    guard let expression = expression(in: term.span, SPL.grammar) else { return opaque(term.span) }
    return condition(expression, lowering(SPL.lowering, outer.computed, isNegated: outer.isNegated))
  }

  private func note(_ fault: SyntaxFault, _ grammar: Grammar) {
    faults.append(.syntax(fault, in: bytes, limits: grammar.limits, place))
  }

  /// - Parameters:
  ///   - isCondition: whether what a function finds is logic, not only a value.
  ///   - isNegated: whether events that match are excluded.
  func lowering(
    _ language: Lowering, _ columns: ComputedNames, isCondition: Bool = true, isNegated: Bool = false
  ) -> ExpressionLowering {
    var lowering = ExpressionLowering(language: language, bytes: bytes, computed: columns, place: place)
    lowering.isNegated = isNegated
    if isCondition, !language.wordsAreValues {
      lowering.special = { [unowned self] name, arguments, lowering in call(name, arguments, lowering) }
    }
    return lowering
  }

  /// The logical operators, and what they join.
  private func condition(_ expression: Expression, _ lowering: ExpressionLowering) -> Predicate {
    switch expression.kind {
    case .infix(.and, let parts): .all(parts.map { condition($0, lowering) })
    case .infix(.or, let parts): .any(parts.map { condition($0, lowering) })
    case .prefix(.not, let part): .not(condition(part, lowering.negated))
    case .query(let span): subsearch(span, in: expression, isNegated: lowering.isNegated)
    case .quotedName where isMacro(expression): macro(expression.span, isNegated: lowering.isNegated)
    case .prefix(.named(let function), let part): keyword(part, function, lowering)
    case .comparison(let left, let comparison, let right):
      comparing(left, comparison, right, in: expression, lowering)
    case .name where lowering.language.wordsAreValues && isToken(expression): noTest(expression.span)
    case .name where lowering.language.wordsAreValues && isCall(expression): call(expression, lowering)
    default: leaf(expression, lowering)
    }
  }

  private func leaf(_ expression: Expression, _ lowering: ExpressionLowering) -> Predicate {
    // A name such as `count(x)` is what an aggregation calls its result.
    if case .quotedName = expression.kind, isResult(expression) { return noTest(expression.span) }
    return withoutTokens(lowering.leaf(expression, below: nil), in: expression)
  }

  private func comparing(
    _ left: Expression, _ comparison: FieldComparison, _ right: Expression, in whole: Expression,
    _ lowering: ExpressionLowering
  ) -> Predicate {
    var (left, right, comparison) = (left, right, comparison)
    let isWanted = !comparison.isNegated && !lowering.isNegated
    if isMacro(left) || isMacro(right) { return macro(whole.span, isNegated: lowering.isNegated, isValue: true) }
    if case .query(let span) = right.kind {
      return .all([
        noTest(whole.span), subsearch(span, in: right, isNegated: comparison.isNegated != lowering.isNegated),
      ])
    }
    if isResult(left), !lowering.isText(right) { return noTest(whole.span) }
    guard lowering.language.wordsAreValues else {
      if isToken(right) { return noTest(whole.span) }
      if let name = placeName(left, lowering) {
        if isWanted, lowering.isText(right) || lowering.isList(right) {
          note(sources: name, right, lowering)
        }
        return noTest(whole.span)
      }
      return leaf(Expression(.comparison(left, comparison, right), whole.span), lowering)
    }
    // Single quotes around a field's name belong to the language of expressions, and are understood here as well.
    if left.kind == .name, left.span.count > 2, bytes[left.span.lowerBound] == UInt8(ascii: "'"),
      bytes[left.span.upperBound - 1] == UInt8(ascii: "'")
    {
      left.span = left.span.lowerBound + 1..<left.span.upperBound - 1
    }
    // Values in a list need no commas between them.
    if case .infix(_, let parts) = right.kind { right.kind = .list(parts) }
    if case .prefix(.named(let function), let part) = right.kind {
      right = part
      if function == "CASE" { comparison.modifiers.insert(.cased) }
    }
    let name = lowering.text(of: left) ?? ""
    if isCall(left) || isCall(right) { return noTest(whole.span) }
    if SPL.places.contains(name) || name.hasPrefix("tag::") || SPL.settings.contains(name.lowercased()) {
      if isWanted { note(sources: name, right, lowering) }
      return noTest(whole.span)
    }
    if name == "nodename", isWanted { note(sources: name, right, lowering) }
    if isToken(right) { return noTest(whole.span) }
    return networks(leaf(Expression(.comparison(left, comparison, right), whole.span), lowering), comparison)
  }

  /// The name of an expression that says where events are. A command may have defined a field with that name.
  private func placeName(_ left: Expression, _ lowering: ExpressionLowering) -> String? {
    guard let name = lowering.name(of: left), SPL.placesInExpressions.contains(name),
      !lowering.computed.isDefined(name)
    else { return nil }
    return name
  }

  /// `search` compares a field with a network as `cidrmatch` does (Splunk's Search Reference, “search”).
  private func networks(_ predicate: Predicate, _ comparison: FieldComparison) -> Predicate {
    guard comparison.kind == .eq else { return predicate }
    return predicate.folded(
      leaf: { leaf in
        guard case .test(var test) = leaf, test.kind == .eq, isNetwork(test.value) else { return Predicate(leaf) }
        test.kind = .cidr
        return .test(test)
      }, all: { .all($0) }, any: { .any($0) }, not: { .not($0) })
  }

  private func note(sources name: String, _ right: Expression, _ lowering: ExpressionLowering) {
    let kind: QuerySource.Kind
    switch name {
    case "index": kind = .index
    case "source": kind = .source
    case "sourcetype": kind = .sourceType
    case "eventtype": kind = .eventType
    case "nodename": kind = .dataModel
    default: return
    }
    var items = [right]
    if case .list(let list) = right.kind { items = list }
    for item in items {
      guard let text = lowering.text(of: item), text != "*", !text.isEmpty else { continue }
      sources.append(QuerySource(kind, text, at: place(item.span.lowerBound)))
    }
  }

  /// `TERM(a.b=c)`, `CASE(Admin)`: a keyword, whatever its characters mean elsewhere.
  private func keyword(_ part: Expression, _ function: String, _ lowering: ExpressionLowering) -> Predicate {
    let text =
      if case .text = part.kind { lowering.text(of: part) ?? "" } else { expanded(part.span) }
    var pattern: [TextPattern.Part] = []
    for byte in text.utf8 { pattern.append(byte == UInt8(ascii: "*") ? .many : .literal(byte)) }
    guard case .test(var test) = lowering.keyword(TextPattern(pattern), at: Expression(.name, part.span)) else {
      return noTest(part.span)
    }
    if function == "CASE" { test.modifiers.insert(.cased) }
    return .test(test)
  }

  /// A value that comes from elsewhere: `$user$`.
  private func isToken(_ value: Expression) -> Bool {
    guard let text = values.text(of: value)?.utf8, text.count > 2 else { return false }
    let dollar = UInt8(ascii: "$")
    return text.first == dollar && text.last == dollar && text.dropFirst().dropLast().allSatisfy { $0 != dollar }
  }

  /// A condition without its tests for values that have a token in them, `*$user$*`: what they are isn't known here.
  private func withoutTokens(_ predicate: Predicate, in whole: Expression) -> Predicate {
    guard bytes[whole.span].contains(UInt8(ascii: "$")) else { return predicate }
    if case .test(let test) = predicate { return hasToken(test.value) ? noTest(whole.span) : predicate }
    return predicate.folded(
      leaf: { leaf in
        guard case .test(let test) = leaf, hasToken(test.value) else { return Predicate(leaf) }
        return .noTest(shortened("\(test.field.map { "\($0) " } ?? "")\(test.value)"), at: test.position)
      }, all: { .all($0) }, any: { .any($0) }, not: { .not($0) })
  }

  /// Whether a name is what a function calls its result: `'count(x)'`.
  func isResult(_ name: Expression) -> Bool {
    guard case .quotedName = name.kind, let text = values.text(of: name) else { return false }
    return isResult(text)
  }

  func isResult(_ name: String) -> Bool { name.hasSuffix(")") && name.contains("(") }

  // MARK: Macros

  private func isMacro(_ expression: Expression) -> Bool {
    guard case .quotedName = expression.kind else { return false }
    return bytes[expression.span.lowerBound] == UInt8(ascii: "`")
  }

  /// A macro that isn't known. What filters for local needs has a name that ends in `_filter`, and says nothing.
  ///
  /// - Parameter isValue: whether it is only a part of a condition.
  func macro(_ span: Range<Int>, isNegated: Bool = false, isValue: Bool = false) -> Predicate {
    let name = isValue ? "" : SPLMacroCall(bytes[span.dropFirst().dropLast()]).name
    if name.hasSuffix("_filter") { return isNegated ? noTest(span) : .always }
    if !name.isEmpty {
      if !isNegated, stages.count < 3 { sources.append(QuerySource(.macro, name, at: place(span.lowerBound))) }
      report(
        .queryUnread, "the macro '\(shortened(name))' isn't defined; add the file that defines it, or correct the name",
        at: span.lowerBound)
    }
    return opaque(span)
  }

  // MARK: Searches in searches

  /// What a search in brackets finds restricts the one around it. If that excludes events, its tests aren't tests of
  /// the rule.
  func subsearch(_ span: Range<Int>, in whole: Expression, isNegated: Bool) -> Predicate {
    let known = sources.count
    var columns = ComputedNames()
    let stage = pipeline(in: span, &columns)
    if isNegated {
      sources.removeSubrange(known...)
      return noTest(whole.span)
    }
    joinsEvents = true
    return .all([noTest(whole.span)] + (stage.map { [.stage($0)] } ?? []))
  }

  // MARK: Functions

  private func call(
    _ name: String, _ arguments: [Expression], _ lowering: ExpressionLowering
  ) -> ExpressionLowering.Operand? {
    switch name {
    case "null": return .null
    case "true", "false": return .worked
    case "match" where arguments.count == 2: return regex(arguments[0], arguments[1], lowering)
    case "cidrmatch" where arguments.count == 2:
      let rule = Lowering.Function(FieldComparison(.cidr))
      return .truth(lowering.tests(rule, arguments[1], [arguments[0]], in: arguments[0], below: nil))
    case "searchmatch":
      guard let first = arguments.first, case .text = first.kind else { return nil }
      return .truth(embeddedSearch(first, lowering.computed, isNegated: lowering.isNegated))
    default: return nil
    }
  }

  /// A reader of a search in a string.
  func reader(of text: Expression) -> SPLReader {
    let characters = values.characters(of: text) ?? []
    let (place, end) = (self.place, text.span.upperBound)
    return SPLReader(
      characters.map(\.byte), macros: macros, definesCommand: definesCommand, depth: depth, after: work
    ) { offset in
      place(offset < characters.count ? characters[offset].offset : end)
    }
  }

  /// - Parameter isNegated: whether events that match are excluded.
  func embeddedSearch(_ text: Expression, _ columns: ComputedNames, isNegated: Bool = false) -> Predicate {
    let reader = reader(of: text)
    reader.reportMacros()
    let predicate = reader.searchPredicate(in: 0..<reader.bytes.count, columns, isNegated: isNegated)
    let start = add(reader)
    return predicate.withStages { start + $0 }
  }

  private func regex(_ subject: Expression, _ pattern: Expression, _ lowering: ExpressionLowering)
    -> ExpressionLowering.Operand
  {
    switch lowering.operand(subject) {
    case .field(let field) where !field.isTime:
      guard case .text = pattern.kind else { return .worked }
      return .truth(
        lowering.test(field, FieldComparison(.regex), TextPattern(regexText(pattern.span)), at: pattern))
    case .unknown: return .unknown
    default: return .worked
    }
  }

  /// A regular expression in quotes, where a backslash escapes only a quote.
  func regexText(_ span: Range<Int>) -> [UInt8] {
    var text: [UInt8] = []
    let inner = span.dropFirst().dropLast()
    var at = inner.startIndex
    while at < inner.endIndex {
      if bytes[at] == UInt8(ascii: "\\"), at + 1 < inner.endIndex, bytes[at + 1] == UInt8(ascii: "\"") { at += 1 }
      text.append(bytes[at])
      at += 1
    }
    return text
  }
}

/// Whether a token is in a text: a name between dollar signs, perhaps with a filter after it, `$user|s$`. A single sign
/// is itself: `ADMIN$`.
private func hasToken(_ text: String) -> Bool {
  let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
  let body = ByteSet.letters.union(.digits).union("_.:|")
  return parts.dropFirst().dropLast().contains { part in
    part.first.map { ByteSet.letters.contains($0) || $0 == UInt8(ascii: "_") } ?? false
      && part.allSatisfy { body.contains($0) }
  }
}

/// Whether a text is a network: `10.0.0.0/8`, `fe80::/10`.
private func isNetwork(_ text: String) -> Bool {
  let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  guard parts.count == 2, let length = Int(Substring(parts[1])), (0...128).contains(length) else { return false }
  let numbers = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  if numbers.count == 4 { return length <= 32 && numbers.allSatisfy { UInt8(Substring($0)) != nil } }
  let digits = ByteSet.digits.union("abcdefABCDEF:.")
  return parts[0].contains(UInt8(ascii: ":")) && parts[0].allSatisfy { digits.contains($0) }
}
