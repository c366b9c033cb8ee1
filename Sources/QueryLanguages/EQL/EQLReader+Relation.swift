import RuleModel

/// Queries over several events: `sequence`, `sample`, `join`.
extension EQLReader {
  /// Whether the query relates events, rather than selecting events of a category with such a name.
  var startsRelation: Bool {
    guard ["sequence", "sample", "join"].contains(where: { isWord(tokens[0], $0) }) else { return false }
    return tokens.count < 2 || !isWord(tokens[1], "where")
  }

  /// `sequence by host.id with maxspan=1m [process where …] by user.id ![file where …] until [network where …]`
  mutating func readRelation() -> Match {
    let word = text(tokens[0].span).lowercased()
    let isSequence = word == "sequence"
    next = 1
    let (keys, window) = readSettings()
    // Keys of single events, by their place: those that have the same value.
    var ownKeys: [[String]] = []
    let head = tokens[0].span.lowerBound..<tokens[next - 1].span.upperBound
    stages = [stage(word, .source, head, .always)]
    var parts: [Predicate] = []
    var count = 0
    while next < tokens.count, !isSymbol(tokens[next], "|") {
      let start = next
      let isUntil = isWord(tokens[next], "until")
      if isUntil { next += 1 }
      let isMissing = next < tokens.count && isSymbol(tokens[next], "!")
      if isMissing { next += 1 }
      guard next < tokens.count, isSymbol(tokens[next], "[") else {
        report(next < tokens.count ? .unexpected : .missing("["))
        skip(toSymbols: ["[", "!", "|"], words: ["until"])
        let text = text(tokens[start].span.lowerBound..<tokens[next - 1].span.upperBound)
        parts.append(.opaque(text, at: place(tokens[start].span.lowerBound)))
        continue
      }
      let predicate = readBracketedEvent()
      let first = next
      let (own, _) = readSettings()
      let written = first < next ? [text(tokens[first].span.lowerBound..<tokens[next - 1].span.upperBound)] : []
      for (index, key) in own.enumerated() {
        if index == ownKeys.count { ownKeys.append([]) }
        if !ownKeys[index].contains(key), !keys.contains(key) { ownKeys[index].append(key) }
      }
      if !isUntil { count += 1 }
      let reference = Predicate.stage(stages.count)
      parts.append(isUntil || isMissing ? .not(reference) : reference)
      var event = stage(
        isUntil ? "until" : "event \(count)", .condition,
        tokens[start].span.lowerBound..<tokens[next - 1].span.upperBound, predicate)
      event.reads = category.map { [$0] } ?? []
      event.settings = written
      stages.append(event)
    }
    if parts.isEmpty { report(.missing("[")) }
    stages[0].predicate = .all(parts)
    let all = keys + ownKeys.joined()
    return isSequence ? .sequence(by: all, within: window) : .join(by: all, within: window)
  }

  /// The contents of the brackets that open at the next token.
  private mutating func readBracketedEvent() -> Predicate {
    let opener = tokens[next]
    next += 1
    let start = opener.span.upperBound
    skip(toSymbols: ["]"])
    let end = next < tokens.count ? tokens[next].span.lowerBound : bytes.count
    if next < tokens.count { next += 1 } else { report(.missing("]"), opener: opener) }
    return logic(in: start..<end)
  }

  /// Join keys and options: `by a, b with maxspan=1m`, `with runs=3`, `as event0`, `fork`.
  private mutating func readSettings() -> (keys: [String], window: String?) {
    var keys: [String] = []
    var window: String?
    while next < tokens.count {
      if isWord(tokens[next], "by") {
        next += 1
        keys += readKeys()
      } else if isWord(tokens[next], "with") || isSymbol(tokens[next], ",") {
        next += 1
      } else if next + 2 < tokens.count, tokens[next].kind == .word, isSymbol(tokens[next + 1], "="),
        !isWord(tokens[next], "until")
      {
        if isWord(tokens[next], "maxspan") { window = text(tokens[next + 2].span) }
        next += 3
      } else if isWord(tokens[next], "as"), next + 1 < tokens.count, tokens[next + 1].kind == .word {
        events.insert(text(tokens[next + 1].span))
        next += 2
      } else if isWord(tokens[next], "fork") {
        next += 1
      } else {
        break
      }
    }
    return (keys, window)
  }

  private mutating func readKeys() -> [String] {
    var keys: [String] = []
    let lowering = ExpressionLowering(language: EQL.lowering, bytes: bytes, place: place)
    while next < tokens.count {
      let start = next
      while next < tokens.count, !endsKey { next += isIndex ? 3 : 1 }
      guard start < next else {
        report(.missingName)
        return keys
      }
      let span = tokens[start].span.lowerBound..<tokens[next - 1].span.upperBound
      var parser = PrattParser(bytes, in: span, grammar: EQL.grammar)
      if let key = try? parser.parse(), case .field(let field) = lowering.operand(key), let name = field.name {
        keys.append(name)
      } else {
        keys.append(text(span))
      }
      guard next < tokens.count, isSymbol(tokens[next], ",") else { return keys }
      next += 1
    }
    return keys
  }

  /// An index such as `[0]` is part of its field.
  private var isIndex: Bool {
    next + 2 < tokens.count && isSymbol(tokens[next], "[") && tokens[next + 1].kind == .number
      && isSymbol(tokens[next + 2], "]")
  }

  private var endsKey: Bool {
    let token = tokens[next]
    if isSymbol(token, ",") || isSymbol(token, "|") || isSymbol(token, "!") { return true }
    if isSymbol(token, "[") { return !isIndex }
    return isWord(token, "with") || isWord(token, "until") || isWord(token, "fork") || isWord(token, "as")
  }
}
