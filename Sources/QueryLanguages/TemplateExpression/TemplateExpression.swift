/// Expressions in Azure deployment templates (Azure Resource Manager, “Syntax and expressions in ARM templates”): a
/// string in square brackets, such as `[format('T | where a > {0}', parameters('least'))]`.
package struct TemplateExpression {
  static let grammar = Grammar(
    tokens: TokenRules(
      words: TokenRules.Words(
        starts: ByteSet.letters.union("_$"), body: ByteSet.letters.union(.digits).union("_$")),
      numbers: TokenRules.Numbers(starts: ByteSet.digits.union("-"), body: .digits),
      quotes: [TokenRules.Quotes("'", escape: .doubled)], symbols: ["(", ")", "[", "]", ",", "."]),
    operators: [], brackets: [Grammar.Bracket("(", ")", .group)],
    names: Grammar.Names(calls: .anything, members: ["."], index: Grammar.Bracket("[", "]", .group)))

  /// Where a named value is defined.
  package enum Source: String {
    case parameters, variables
  }

  private let bytes: [UInt8]
  private let root: Expression
  private let values: ValueReader

  /// - Returns: nil for a string that isn't an expression, or one that can't be read.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count > 2, bytes[0] == UInt8(ascii: "["), bytes[1] != UInt8(ascii: "["), bytes.last == UInt8(ascii: "]")
    else { return nil }
    var parser = PrattParser(bytes, in: 1..<bytes.count - 1, grammar: TemplateExpression.grammar)
    guard let root = try? parser.parse() else { return nil }
    self.bytes = bytes
    self.root = root
    values = ValueReader(bytes: bytes, rules: TemplateExpression.grammar.tokens)
  }

  /// The value that the whole expression refers to: `[parameters('severity')]`.
  package var reference: (source: Source, name: String)? { reference(root) }

  private func reference(_ expression: Expression) -> (source: Source, name: String)? {
    guard case .call(let function, let arguments) = expression.kind, arguments.count == 1,
      let source = Source(rawValue: values.source(function).lowercased()), let name = values.text(of: arguments[0])
    else { return nil }
    return (source, name)
  }

  /// The most steps and bytes that a text may take: calls in each other can double with each.
  private static let budget = 1 << 20

  /// The resulting text. Parts that can't be computed without deploying the template are kept as written; so is the whole
  /// expression if its text would be too large.
  ///
  /// - Parameter value: returns the text of a named value; nil if there is none.
  package func text(_ value: (Source, String) -> String?) -> TemplateText {
    var text = TemplateText()
    var budget = TemplateExpression.budget
    append(root, to: &text, value, &budget)
    if budget > 0 { return text }
    var written = TemplateText()
    written.append(bytes, at: 0)
    return written
  }

  private func append(
    _ expression: Expression, to text: inout TemplateText, _ value: (Source, String) -> String?, _ budget: inout Int
  ) {
    guard budget > 0 else { return }
    let start = text.bytes.count
    defer { budget -= text.bytes.count - start + 1 }
    if let (source, name) = reference(expression) {
      // For one without a value, the name is more informative than the call.
      text.append(Array((value(source, name) ?? name).utf8), at: expression.span.lowerBound)
      return
    }
    switch expression.kind {
    case .text: text.append(literal: bytes, in: expression.span.lowerBound + 1..<expression.span.upperBound - 1)
    case .call(let function, let arguments):
      switch values.source(function).lowercased() {
      case "concat", "string": for argument in arguments { append(argument, to: &text, value, &budget) }
      case "format":
        guard let first = arguments.first else { return }
        var format = TemplateText()
        append(first, to: &format, value, &budget)
        text.append(
          format,
          replacing: { place in
            var part = TemplateText()
            let others = arguments.dropFirst()
            guard budget > 0, place >= 0, place < others.count else { return part }
            append(others[others.startIndex + place], to: &part, value, &budget)
            return part
          })
      default: text.append(Array(bytes[expression.span]), at: expression.span.lowerBound)
      }
    default: text.append(Array(bytes[expression.span]), at: expression.span.lowerBound)
    }
  }
}

/// The text that an expression results in, with the position of each byte in the expression.
package struct TemplateText {
  package private(set) var bytes: [UInt8] = []
  /// The starts of runs of bytes that are contiguous in the expression too, or that all come from one place in it.
  private var pieces: [(start: Int, source: Int, isOtherwise: Bool)] = []

  package init() {}

  /// The place in the expression that a byte comes from.
  package func source(of byte: Int) -> Int {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start <= byte { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let piece = pieces[low - 1]
    return piece.source + (piece.isOtherwise ? 0 : byte - piece.start)
  }

  /// Adds bytes that all come from one place.
  mutating func append(_ added: [UInt8], at source: Int) {
    guard !added.isEmpty else { return }
    pieces.append((bytes.count, source, true))
    bytes += added
  }

  /// Adds the contents of quotes, in which `''` is one quote.
  mutating func append(literal text: [UInt8], in span: Range<Int>) {
    var at = span.lowerBound
    while at < span.upperBound {
      pieces.append((bytes.count, at, false))
      let end = text[at..<span.upperBound].firstIndex(of: UInt8(ascii: "'")).map { $0 + 1 } ?? span.upperBound
      bytes += text[at..<end]
      at = end < span.upperBound && text[end - 1] == UInt8(ascii: "'") ? end + 1 : end
    }
  }

  /// Expands a format string: `{0}` is the first value, `{{` a brace.
  mutating func append(_ format: TemplateText, replacing value: (Int) -> TemplateText) {
    var at = 0
    let text = format.bytes
    var run = 0
    func isPair(_ byte: UInt8) -> Bool { at + 1 < text.count && text[at] == byte && text[at + 1] == byte }
    while at < text.count {
      if isPair(UInt8(ascii: "{")) || isPair(UInt8(ascii: "}")) {
        append(format, in: run..<at + 1)
        at += 2
        run = at
      } else if text[at] == UInt8(ascii: "{"), let close = text[at...].prefix(64).firstIndex(of: UInt8(ascii: "}")),
        let place = Int(String(decoding: text[at + 1..<close].prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self))
      {
        append(format, in: run..<at)
        let part = value(place)
        append(part.bytes, at: part.bytes.isEmpty ? 0 : part.source(of: 0))
        at = close + 1
        run = at
      } else {
        at += 1
      }
    }
    append(format, in: run..<text.count)
  }

  private mutating func append(_ other: TemplateText, in range: Range<Int>) {
    guard !range.isEmpty else { return }
    pieces.append((bytes.count, other.source(of: range.lowerBound), false))
    for piece in other.pieces where range.contains(piece.start) {
      pieces.append((bytes.count + piece.start - range.lowerBound, piece.source, piece.isOtherwise))
    }
    bytes += other.bytes[range]
  }
}
