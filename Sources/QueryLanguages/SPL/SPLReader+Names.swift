import RuleModel

/// The names that commands define.
extension SPLReader {
  func define(_ command: Command, _ columns: inout ComputedNames) {
    let body = command.body
    switch command.name {
    case "eval":
      let clauses = Clauses(bytes: bytes, rules: SPL.grammar.tokens)
      for item in pipelineCommands(of: bytes, in: body, dividedBy: ",", clauses.rules) { evaluate(item.span, &columns) }
    case "rename": rename(body, &columns)
    case "rex": for name in groups(in: body) { columns.define(name, isComputed: false) }
    case "lookup":
      readLookup(body)
      for name in outputs(of: body) { columns.define(name, isComputed: false) }
    case "spath", "iplocation", "extract", "kv", "xmlkv", "xpath":
      for name in outputs(of: body) { columns.define(name, isComputed: false) }
    case "top", "rare":
      for name in ["count", "percent"] { columns.define(name, isComputed: true) }
    case "transaction":
      for name in ["duration", "eventcount", "closed_txn"] { columns.define(name, isComputed: true) }
    case "rangemap": columns.define("range", isComputed: true)
    case "strcat":
      if let last = words(body).last { columns.define(last, isComputed: true) }
    case "convert", "bin", "bucket":
      let words = words(body)
      for (word, name) in zip(words, words.dropFirst()) where word.lowercased() == "as" {
        columns.define(name, isComputed: true)
      }
    case "addtotals":
      let words = words(body)
      let name = words.firstIndex { $0.lowercased() == "fieldname" }.flatMap { words.dropFirst($0 + 1).first }
      columns.define(name ?? "Total", isComputed: true)
    case _ where SPL.aggregations.contains(command.name): aggregate(body, &columns)
    default: break
    }
  }

  private func words(_ range: Range<Int>) -> [String] {
    tokens(range).compactMap { name($0) }
  }

  /// The name that a token is.
  func name(_ token: Token) -> String? {
    switch token.kind {
    case .word: expanded(token.span)
    case .text(let quote): values.text(of: Expression(.text(quote: quote), token.span))
    case .quotedName(let quote): values.text(of: Expression(.quotedName(quote: quote), token.span))
    default: nil
    }
  }

  /// `name = expression`
  private func evaluate(_ item: Range<Int>, _ columns: inout ComputedNames) {
    let tokens = tokens(item, SPL.grammar)
    guard tokens.count > 2, expanded(tokens[1].span) == "=", let name = name(tokens[0]),
      let expression = expression(in: tokens[2].span.lowerBound..<item.upperBound, SPL.grammar)
    else { return }
    if !isResult(expression),
      case .field(let field) = lowering(SPL.lowering, columns, isCondition: false).operand(expression)
    {
      columns.define(name, isComputed: field.isComputed || field.isTime)
    } else {
      columns.define(name, isComputed: true)
    }
  }

  /// `count, values(x) AS y, dc(z) BY …`
  func aggregate(_ body: Range<Int>, _ columns: inout ComputedNames) {
    let tokens = tokens(body, SPL.grammar)
    func text(_ index: Int) -> String { index < tokens.count ? expanded(tokens[index].span) : "" }
    // Grouped by what they are before the command.
    if let by = tokens.indices.first(where: { text($0).lowercased() == "by" && tokens[$0].kind == .word }) {
      group(tokens[(by + 1)...], &columns)
    }
    var at = 0
    while at < tokens.count {
      let word = text(at)
      if ["by", "over"].contains(word.lowercased()) { break }
      guard tokens[at].kind == .word else {
        at += 1
        continue
      }
      if text(at + 1) == "=" {
        // A setting: `window=5`.
        at += 3
        continue
      }
      let start = at
      at += 1
      if text(at) == "(" {
        var level = 0
        repeat {
          if text(at) == "(" { level += 1 } else if text(at) == ")" { level -= 1 }
          at += 1
        } while at < tokens.count && level > 0
      }
      var result = expanded(tokens[start].span.lowerBound..<tokens[at - 1].span.upperBound)
      if text(at).lowercased() == "as", at + 1 < tokens.count, let name = name(tokens[at + 1]) {
        result = name
        at += 2
      }
      if result == "*" {
        columns.defineOthers()
      } else if !result.contains("*") {
        columns.define(result, isComputed: true)
      }
    }
  }

  /// The names after `BY` stay what they are.
  func group(_ tokens: ArraySlice<Token>, _ columns: inout ComputedNames) {
    for token in tokens {
      guard let name = name(token), !columns.contains(name), !SPL.placesInExpressions.contains(name) else { continue }
      columns.define(name, isComputed: false)
    }
  }

  /// `old AS new, "Processes.*" AS *`
  private func rename(_ body: Range<Int>, _ columns: inout ComputedNames) {
    let words = words(body)
    for (index, word) in words.enumerated() where word.lowercased() == "as" && index > 0 && index + 1 < words.count {
      let (old, new) = (words[index - 1], words[index + 1])
      guard let star = old.firstIndex(of: "*") else {
        columns.rename(old, to: new)
        if isResult(old) { columns.define(new, isComputed: true) }
        continue
      }
      work.renames += 1
      guard work.renames <= limits.renames else {
        if work.renames == limits.renames + 1 {
          report(
            .querySyntax,
            "the search renames fields by more than \(limits.renames) patterns with stars; the others aren't read",
            at: body.lowerBound)
        }
        continue
      }
      let (prefix, suffix) = (old[..<star], old[old.index(after: star)...])
      columns.rename { name in
        guard name.count >= prefix.count + suffix.count, name.hasPrefix(prefix), name.hasSuffix(suffix) else {
          return nil
        }
        let middle = name.dropFirst(prefix.count).dropLast(suffix.count)
        return new.replacing("*", with: middle)
      }
    }
  }

  /// The names of a regular expression's groups: `(?<name>…)`, `(?P<name>…)`.
  private func groups(in body: Range<Int>) -> [String] {
    var names: [String] = []
    var at = body.lowerBound
    while at + 3 < body.upperBound {
      defer { at += 1 }
      guard bytes[at] == UInt8(ascii: "("), bytes[at + 1] == UInt8(ascii: "?") else { continue }
      var start = at + 2
      if bytes[start] == UInt8(ascii: "P") { start += 1 }
      guard start < body.upperBound, bytes[start] == UInt8(ascii: "<") else { continue }
      let letters = ByteSet.letters.union(.digits).union("_")
      let name = bytes[(start + 1)..<body.upperBound].prefix { letters.contains($0) }
      if !name.isEmpty { names.append(String(decoding: name, as: UTF8.self)) }
    }
    return names
  }

  /// `lookup table a OUTPUT b AS c, d`, `spath output=a path=b`
  private func outputs(of body: Range<Int>) -> [String] {
    let tokens = tokens(body)
    func text(_ index: Int) -> String { index < tokens.count ? expanded(tokens[index].span) : "" }
    if let index = tokens.indices.first(where: { text($0).lowercased() == "output" && text($0 + 1) == "=" }) {
      return index + 2 < tokens.count ? [name(tokens[index + 2])].compactMap { $0 } : []
    }
    guard let start = tokens.indices.first(where: { ["output", "outputnew"].contains(text($0).lowercased()) }) else {
      return []
    }
    var names: [String] = []
    var isNew = false
    for token in tokens[(start + 1)...] {
      guard let name = name(token) else { continue }
      if name.lowercased() == "as" {
        isNew = true
      } else {
        if isNew, !names.isEmpty { names.removeLast() }
        names.append(name)
        isNew = false
      }
    }
    return names
  }

  /// `transaction user host maxspan=5m startswith="…" endswith=(…)`
  ///
  /// - Returns: what its first and last events must match.
  func readTransaction(_ body: Range<Int>, _ columns: ComputedNames) -> Predicate {
    let tokens = tokens(body)
    var fields: [String] = []
    var conditions: [Predicate] = []
    var span: String?
    var at = 0
    while at < tokens.count {
      let isSetting = at + 2 < tokens.count && expanded(tokens[at + 1].span) == "="
      if isSetting {
        let setting = expanded(tokens[at].span).lowercased()
        if setting == "maxspan" { span = name(tokens[at + 2]) }
        let start = at + 2
        at = after(start, in: tokens)
        if setting == "startswith" || setting == "endswith" {
          let range = tokens[start].span.lowerBound..<tokens[at - 1].span.upperBound
          conditions.append(transactionCondition(tokens[start], range, columns))
        }
      } else {
        if tokens[at].kind == .word, let field = name(tokens[at]) { fields.append(field) }
        at += 1
      }
    }
    transaction = .join(by: fields, within: span)
    return conditions.isEmpty ? .always : .group(conditions, byAnd: true)
  }

  /// The index after a value, which may be in brackets, a call: `eval(x > 1)`, or a comparison: `status=failed`.
  private func after(_ start: Int, in tokens: [Token]) -> Int {
    func isSymbol(_ index: Int, _ symbol: Character) -> Bool {
      index < tokens.count && tokens[index].kind == .symbol && bytes[tokens[index].span.lowerBound] == symbol.asciiValue
    }
    let isComparison =
      start + 2 < tokens.count && tokens[start].kind != .symbol && tokens[start + 1].kind == .symbol
      && SPL.comparisons.contains(expanded(tokens[start + 1].span)) && tokens[start + 2].kind != .symbol
    if isComparison { return start + 3 }
    var at = isSymbol(start, "(") || !isSymbol(start + 1, "(") ? start : start + 1
    var level = 0
    repeat {
      if isSymbol(at, "(") { level += 1 } else if isSymbol(at, ")") { level -= 1 }
      at += 1
    } while at < tokens.count && level > 0
    return at
  }

  private func transactionCondition(_ first: Token, _ range: Range<Int>, _ columns: ComputedNames) -> Predicate {
    switch first.kind {
    case .text(let quote) where first.span == range:
      embeddedSearch(Expression(.text(quote: quote), first.span), columns)
    case .word where expanded(first.span).lowercased() == "eval":
      wherePredicate(in: first.span.upperBound..<range.upperBound, columns)
    default: searchPredicate(in: range, columns)
    }
  }
}
