/// A language's expression syntax, as data for ``PrattParser``. Each language has one instance, which is passed by
/// reference.
package final class Grammar: Sendable {
  package struct Bracket: Sendable {
    package enum Content: Hashable, Sendable {
      case group
      /// A list if it contains commas, otherwise a group.
      case groupOrList
      case list
      /// Conditions on parts of the field before it: `f: { a: 1 and b: 2 }`.
      case block
      /// Two values, each of them any text, with a word between them: `[1 TO 2024-05-01T10:00]`.
      case bounds(separator: String)
      /// A query.
      case query
    }

    package let open: [UInt8]
    package let close: [UInt8]
    package var content: Content
    /// An alternative closing bracket: in `[1 TO 5}`, 5 is excluded.
    package let otherClose: [UInt8]?

    package init(_ open: String, _ close: String, _ content: Content, orClose other: String? = nil) {
      self.open = Array(open.utf8)
      self.close = Array(close.utf8)
      self.content = content
      otherClose = other.map { Array($0.utf8) }
    }
  }

  /// What can follow a name.
  package struct Names: Sendable {
    package enum Calls: Hashable, Sendable {
      case none
      /// Only a plain name can be called, and nothing can follow the call.
      case plain
      /// A plain name, or one in a namespace, can be called: `re.regex(x)`. Nothing can follow the call.
      case namespaced
      /// Any path can be called, and the result can have parts: `event.get("a").lower()`.
      case anything
    }

    package var calls: Calls
    /// The separators between a name and a part of it: `.`, `/`.
    package let members: [[UInt8]]
    /// Parts written like calls without arguments, which end a path: XPath's `text()`.
    package let emptyCalls: [[UInt8]]
    /// The brackets of an index after a name: `[0]`, `["x"]`, `[@Name='x']`.
    package var index: Bracket?
    /// Whether an index may follow a separator: `a.[0]`.
    package var indexFollowsJoin: Bool
    /// Whether a group can have parts, as a name can.
    package var groupsHaveParts: Bool
    /// Whether adjacent words are one value: `message: access denied`.
    package var joinWords: Bool
    /// Whether adjacent strings are concatenated: `"a" "b"`.
    package var joinTexts: Bool
    /// Names followed by a constant with its own syntax in parentheses: `datetime(2024-01-31)`.
    let literals: WordTable
    /// Words that make a string after them a time: `TIMESTAMP '2025-01-01'`.
    let times: WordTable

    package init(
      calls: Calls = .none, members: [String] = [], emptyCalls: [String] = [], index: Bracket? = nil,
      indexFollowsJoin: Bool = false, groupsHaveParts: Bool = false, joinWords: Bool = false,
      joinTexts: Bool = false, literals: [String] = [], times: [String] = []
    ) {
      self.calls = calls
      self.members = members.map { Array($0.utf8) }
      self.emptyCalls = emptyCalls.map { Array($0.utf8) }
      self.index = index
      self.indexFollowsJoin = indexFollowsJoin
      self.groupsHaveParts = groupsHaveParts
      self.joinWords = joinWords
      self.joinTexts = joinTexts
      self.literals = WordTable(literals)
      self.times = WordTable(times)
    }
  }

  /// Queries in brackets among expressions: `x in (T | project y)`, `x IN (FROM t | KEEP y)`.
  package struct Subqueries: Sendable {
    /// Words that a subquery can begin with.
    let starts: WordTable
    /// The separator of its commands, outside its own brackets.
    let separator: [UInt8]?

    package init(startingWith starts: [String] = [], dividedBy separator: String? = nil) {
      self.starts = WordTable(starts)
      self.separator = separator.map { Array($0.utf8) }
    }
  }

  package struct Limits: Hashable, Sendable {
    /// How deeply brackets, calls and prefix operators may be nested: deeper than in any real query, and shallow enough
    /// for the stack.
    package var depth = 64
    /// The maximum number of tokens read.
    package var tokens = 500_000
    /// How often operators of the same power may alternate without brackets: `a + b - c + d` does twice.
    package var turns = 256

    package init(depth: Int = 64) { self.depth = depth }
  }

  package let tokens: TokenRules
  package let names: Names
  package let brackets: [Bracket]
  /// The operator between two operands with nothing between them.
  package let implicit: Operator?
  /// Whether a list may end with a comma.
  package let allowsLastComma: Bool
  /// Whether nothing may be between two commas of a list, or before the first.
  package let allowsEmptyItems: Bool
  /// Whether text that can't be read becomes ``Expression/Kind/unread`` up to the next logical operator, so that the
  /// rest is still used.
  package let recovers: Bool
  /// Whether a bracket that is still open at the end counts as closed there, and is only reported.
  package let closesAtEnd: Bool
  /// nil if the language has none.
  package let subqueries: Subqueries?
  /// The separator between a query's commands; empty if queries don't consist of commands.
  package let pipe: [UInt8]
  package let limits: Limits
  let prefixes: OperatorTable
  /// Infix and postfix operators.
  let infixes: OperatorTable
  /// Words that can be neither names nor values.
  let reserved: WordTable
  /// The power of the logical operator that binds tightest.
  let logicalPower: Int

  package init(
    tokens: TokenRules, operators: [Operator], implicit: Operator? = nil, brackets: [Bracket],
    names: Names = Names(), reserved: [String] = [], reservedIgnoresCase: Bool = true, allowsLastComma: Bool = false,
    allowsEmptyItems: Bool = false, recovers: Bool = false, closesAtEnd: Bool = false,
    subqueries: Subqueries? = nil, pipe: String = "", limits: Limits = Limits()
  ) {
    self.tokens = tokens
    self.names = names
    self.brackets = brackets
    self.implicit = implicit
    self.allowsLastComma = allowsLastComma
    self.allowsEmptyItems = allowsEmptyItems
    self.recovers = recovers
    self.closesAtEnd = closesAtEnd
    self.subqueries = subqueries
    self.pipe = Array(pipe.utf8)
    self.limits = limits
    prefixes = OperatorTable(operators.filter { $0.place == .prefix }, rules: tokens)
    infixes = OperatorTable(operators.filter { $0.place != .prefix }, rules: tokens)
    self.reserved = WordTable(reserved, ignoringCase: reservedIgnoresCase)
    logicalPower = (operators + [implicit].compactMap { $0 }).filter(\.isLogical).reduce(0) { max($0, $1.power) }
  }

  /// The tokens of a text without its comments, at most one more than the limit.
  package func tokens(of bytes: [UInt8], in range: Range<Int>? = nil) -> [Token] {
    tokens.withoutComments(bytes, in: range, limit: limits.tokens)
  }
}

extension TokenRules {
  /// The tokens of a text without its comments, at most one more than the limit.
  func withoutComments(_ bytes: [UInt8], in range: Range<Int>? = nil, limit: Int = .max - 1) -> [Token] {
    var lexer = Lexer(bytes, in: range, rules: self)
    var found: [Token] = []
    found.reserveCapacity(min(limit, (range?.count ?? bytes.count) / 4) + 1)
    while found.count <= limit, let token = lexer.next() {
      if token.kind != .comment { found.append(token) }
    }
    return found
  }
}
