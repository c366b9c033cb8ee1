/// How a language's text is split into tokens, as data for ``Lexer``.
///
/// At each place, the first of these that matches is taken: white space, a comment, quotes, a number, a word, a symbol.
package struct TokenRules: Sendable {
  package var spaces: ByteSet
  /// White space characters of several bytes, which can't be part of a word.
  package let wideSpaces: [[UInt8]]
  package var words: Words
  package var numbers: Numbers?
  /// Longest opening quote first.
  package let quotes: [Quotes]
  package var comments: [Comment]
  /// The quotes that can start with each byte, by their places in ``quotes``, and the symbols, both longest first.
  let quotesByStart: [[Int]]
  let symbolsByStart: [[[UInt8]]]
  /// ASCII bytes that always continue a word.
  let asciiBody: ByteSet

  package init(
    spaces: ByteSet = .spaces, wideSpaces: [String] = [], words: Words, numbers: Numbers? = nil, quotes: [Quotes] = [],
    comments: [Comment] = [],
    symbols: [String]
  ) {
    self.spaces = spaces
    self.wideSpaces = wideSpaces.map { Array($0.utf8) }
    self.words = words
    self.numbers = numbers
    self.quotes = quotes.sorted { $0.open.count > $1.open.count }
    self.comments = comments
    asciiBody = wideSpaces.isEmpty ? words.body : words.body.subtracting(.beyondASCII)
    let ordered = symbols.map { Array($0.utf8) }.sorted { $0.count > $1.count }
    let opening = self.quotes.map(\.open)
    quotesByStart = (0...0xFF).map { byte in opening.indices.filter { opening[$0].first == byte } }
    symbolsByStart = (0...0xFF).map { byte in ordered.filter { $0.first == byte } }
  }

  package struct Words: Sendable {
    package var starts: ByteSet
    package var body: ByteSet
    /// Bytes that continue a word only if another of its bytes follows: the point in `a.b`, but not in `a."b"`.
    package var inner: ByteSet = ""
    /// Bytes that form a word on their own, alone or after a sigil: `*`, `.`.
    package var single: ByteSet = ""
    /// Bytes that may precede a name and are part of it: `@Name`, `$event`.
    package var sigils: ByteSet = ""
    /// Prefixes that are part of a name; several may follow each other, and white space may follow them: `child::`.
    package let prefixes: [[UInt8]]
    /// Makes the character after it a literal part of the word, whatever it is: `\*`, `\:`.
    package var escape: UInt8?
    package var escapes: Escapes

    package init(
      starts: ByteSet? = nil, body: ByteSet, single: ByteSet = "", sigils: ByteSet = "", prefixes: [String] = [],
      escape: UInt8? = nil, escapes: Escapes = .literal
    ) {
      self.starts = starts ?? body
      self.body = body
      self.single = single
      self.sigils = sigils
      self.prefixes = prefixes.map { Array($0.utf8) }
      self.escape = escape
      self.escapes = escapes
    }
  }

  package struct Numbers: Sendable {
    package var starts: ByteSet
    /// Includes letters where units follow directly: `5m`, `0x1F`.
    package var body: ByteSet
    /// Whether a point is part of a number only if a digit follows: `1..5` contains two numbers.
    package var pointNeedsDigit: Bool
    /// Whether an exponent may follow: `1.5e-3`.
    package var hasExponent: Bool
    /// Whether a point may come first: `.5`.
    package var canStartWithPoint = false

    package init(
      starts: ByteSet = .digits, body: ByteSet, pointNeedsDigit: Bool = false, hasExponent: Bool = false
    ) {
      self.starts = starts
      self.body = body
      self.pointNeedsDigit = pointNeedsDigit
      self.hasExponent = hasExponent
    }
  }

  package struct Quotes: Sendable {
    package enum Content: Sendable { case text, name, regex }

    package enum Escape: Hashable, Sendable {
      case none
      /// `''` is one quote.
      case doubled
      /// A backslash makes the character after it literal, or gives it another meaning.
      case sequences(Escapes)
      /// Both: `''` is one quote, and so is `\'`.
      case doubledOrSequences(Escapes)
      /// A backslash escapes the closing quote and is literal everywhere else, as in a regular expression.
      case closingQuote

      package static let backslash = Escape.sequences(.common)

      /// Whether two closing quotes are one that is part of the text.
      var isDoubled: Bool {
        switch self {
        case .doubled, .doubledOrSequences: true
        case .none, .sequences, .closingQuote: false
        }
      }

      var hasBackslash: Bool { self != .none && self != .doubled }
    }

    /// Including any prefix: `"`, `@"`, `"""`.
    package let open: [UInt8]
    package let close: [UInt8]
    package var content: Content
    package var escape: Escape
    package var endsWithLine: Bool
    /// Whether they are part of the text, as they say that it is a parameter: `{{ name }}`.
    package var arePartOfText = false
    /// How many more quotes directly after the closing ones are part of the string: `"""a""""` ends with one.
    package var moreQuotes: Int
    /// Whether they can't open a string directly after a name, a value or a closing bracket, where `/` is a division.
    package var needsPlaceOfValue: Bool

    package init(
      _ open: String, _ close: String? = nil, content: Content = .text, escape: Escape = .none,
      endsWithLine: Bool = false, moreQuotes: Int = 0, needsPlaceOfValue: Bool = false
    ) {
      self.open = Array(open.utf8)
      self.close = Array((close ?? open).utf8)
      self.content = content
      self.escape = escape
      self.endsWithLine = endsWithLine
      self.moreQuotes = moreQuotes
      self.needsPlaceOfValue = needsPlaceOfValue
    }
  }

  package struct Comment: Sendable {
    package let open: [UInt8]
    /// Empty if it extends to the end of the line.
    package let close: [UInt8]

    package init(_ open: String, _ close: String = "") {
      self.open = Array(open.utf8)
      self.close = Array(close.utf8)
    }
  }
}
