/// The statements of a text.
extension KustoText {
  /// The statements of a text that may hold several queries: those between semicolons, and what begins after an empty
  /// line, as editors divide a text of which they run only the query at the cursor.
  ///
  /// - Returns: the statements, and the token at which the first one begins that only an empty line divides from the
  ///   one before it.
  func statements(of range: Range<Int>) -> (parts: [Range<Int>], firstUndivided: Int?) {
    var parts: [Range<Int>] = []
    var firstUndivided: Int?
    for part in self.parts(of: range, between: ";") {
      var start = part.lowerBound
      var command = start
      var at = start
      while at < part.upperBound {
        if isSymbol(at, "|") {
          command = at + 1
        } else if at > start, startsStatement(at, in: part, isFirst: command == start, command: command) {
          parts.append(start..<at)
          firstUndivided = firstUndivided ?? at
          (start, command) = (at, at)
        }
        at = after(at, in: part)
      }
      parts.append(start..<part.upperBound)
    }
    return (parts, firstUndivided)
  }

  /// Whether a statement begins at a token outside brackets: after an empty line and the end of an operand, where
  /// nothing but an operator can follow in the same statement.
  ///
  /// - Parameters:
  ///   - command: the first token of the command so far.
  ///   - isFirst: whether that is the statement's source.
  private func startsStatement(_ index: Int, in range: Range<Int>, isFirst: Bool, command: Int) -> Bool {
    guard tokens[index].kind == .word, hasEmptyLine(before: index),
      isOperandEnd(index - 1, isFirst: isFirst, command: command)
    else { return false }
    if isWord(index, "let") {
      return index + 2 < range.upperBound && tokens[index + 1].kind == .word && isSymbol(index + 2, "=")
    }
    let word = text(index).lowercased()
    if Kusto.queryStarts.contains(word) { return true }
    return !Kusto.innerWords.contains(word) && isFollowedByPipe(index, in: range)
  }

  /// Whether a name or a call, such as `T` or `workspace("x").T`, precedes a pipe.
  private func isFollowedByPipe(_ index: Int, in range: Range<Int>) -> Bool {
    var at = index + 1
    while at < range.upperBound, isSymbol(at, ".") || isSymbol(at, "(") || isSymbol(at - 1, ".") {
      at = after(at, in: range)
    }
    return at < range.upperBound && isSymbol(at, "|")
  }

  /// Whether an operand ends at a token outside brackets, after which no other can follow.
  private func isOperandEnd(_ index: Int, isFirst: Bool, command: Int) -> Bool {
    // In this command, names follow texts and stars.
    let isInParse = !isFirst && (isWord(command, "parse") || isWord(command, "parse-where"))
    switch tokens[index].kind {
    case .symbol: return isCloser(index)
    case .word: break
    case .number, .text, .quotedName, .regex: return !isInParse
    case .comment, .unclosed, .unknown: return false
    }
    let word = text(index).lowercased()
    if index > command + 1, isSymbol(index - 1, "=") {
      let parameter = text(index - 2).lowercased()
      // The operands come after `kind=inner`.
      if Kusto.parameters.contains(parameter) || index - 3 > command && isSymbol(index - 3, ".") { return false }
    }
    if index == command { return isFirst ? !Kusto.queryStarts.contains(word) : Kusto.bareCommands.contains(word) }
    return word == "*" ? !isInParse : !Kusto.innerWords.contains(word)
  }

  private func hasEmptyLine(before index: Int) -> Bool {
    let gap = bytes[tokens[index - 1].span.upperBound..<tokens[index].span.lowerBound]
    let lines = gap.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return lines.dropFirst().dropLast().contains { $0.allSatisfy(ByteSet.spaces.contains) }
  }
}

extension Kusto {
  /// Commands that need no operands.
  fileprivate static let bareCommands: Set<String> = ["count", "serialize", "getschema", "consume"]

  /// Words that continue an expression or a command, as neither a table nor a column is called.
  fileprivate static let innerWords: Set<String> = [
    "and", "or", "not", "in", "in~", "has", "has_cs", "has_any", "has_all", "hasprefix", "hasprefix_cs", "hassuffix",
    "hassuffix_cs", "contains", "contains_cs", "containscs", "notcontains", "notcontainscs", "startswith",
    "startswith_cs", "endswith", "endswith_cs", "matches", "regex", "between", "by", "on", "with", "of", "as", "to",
    "from", "step", "where", "asc", "desc", "nulls", "first", "last", "limit", "default", "typeof",
  ]
}
