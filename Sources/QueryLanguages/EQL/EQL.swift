import RuleModel

/// The Event Query Language of Elasticsearch and Elastic Defend.
///
/// - SeeAlso: Elasticsearch's grammar, `x-pack/plugin/eql/src/main/antlr/EqlBase.g4`, and its syntax, function and pipe
///   references.
package enum EQL {
  private static let name = ByteSet.letters.union(.digits).union(.beyondASCII).union("_@")
  private static let text = TokenRules.Quotes.Escape.sequences(
    Escapes(letters: "btnfr", literals: "\"'\\", digits: [UInt8(ascii: "u"): 4]))

  static let tokens = TokenRules(
    words: TokenRules.Words(starts: name.subtracting(.digits), body: name.union("~"), sigils: "$"),
    numbers: TokenRules.Numbers(body: ByteSet.digits.union(.letters).union("."), pointNeedsDigit: true),
    quotes: [
      TokenRules.Quotes("\"\"\"", moreQuotes: 2), TokenRules.Quotes("\"", escape: text, endsWithLine: true),
      TokenRules.Quotes("'", escape: text, endsWithLine: true),
      TokenRules.Quotes("`", content: .name, escape: .doubled),
      // The old syntax of raw strings.
      TokenRules.Quotes("?\"", "\"", escape: .closingQuote), TokenRules.Quotes("?'", "'", escape: .closingQuote),
    ], comments: [TokenRules.Comment("//"), TokenRules.Comment("/*", "*/")],
    symbols: [
      "(", ")", "[", "]", ",", ".", ":", "==", "!=", "<", "<=", ">", ">=", "=", "?", "+", "-", "*", "/", "%", "|", "!",
    ])

  package static let grammar = Grammar(
    tokens: tokens, operators: logic + relations + predicates + arithmetic,
    brackets: [Grammar.Bracket("(", ")", .groupOrList), Grammar.Bracket("[", "]", .group)],
    names: Grammar.Names(calls: .plain, members: ["."], index: Grammar.Bracket("[", "]", .group)),
    reserved: ["and", "or", "not", "where"], allowsLastComma: true, recovers: true)

  // MARK: Operators

  /// Between a category and the condition on its events.
  static let wherePower = "where"
  /// Conditions on related processes: an event of the parent, of an ancestor, of the same process.
  static let lineage: Set = ["child of", "descendant of", "event of"]

  private static let logic =
    [
      Operator("where", .infix(.none), power: 1, .named(wherePower)), Operator("or", .infix(.chain), power: 2, .or),
      Operator("and", .infix(.chain), power: 3, .and), Operator("not", .prefix, power: 4, .not),
    ] + lineage.sorted().map { Operator($0, .prefix, power: 4, .named($0)) }

  private static let relations = [
    compare("==", FieldComparison(.eq)), compare("!=", FieldComparison(.eq, isNegated: true)),
    compare("<", FieldComparison(.lt)), compare("<=", FieldComparison(.lte)), compare(">", FieldComparison(.gt)),
    compare(">=", FieldComparison(.gte)),
  ]

  /// Each can also be preceded by `not`.
  private static let predicates: [Operator] = [
    (":", FieldComparison(.eq, form: pattern)), ("in", FieldComparison(.eq)), ("in~", FieldComparison(.eq)),
    ("like", FieldComparison(.eq, form: pattern)), ("like~", FieldComparison(.eq, form: pattern)),
    ("regex", FieldComparison(.regex)), ("regex~", FieldComparison(.regex, modifiers: .ignoreCase)),
  ].flatMap { spelling, comparison in
    var negated = comparison
    negated.isNegated = true
    return [
      Operator(spelling, .infix(.none), power: 6, .comparison(comparison)),
      Operator("not " + spelling, .infix(.none), power: 6, .comparison(negated)),
    ]
  }

  private static let arithmetic = [
    Operator("+", .infix(.chain), power: 7, .arithmetic), Operator("-", .infix(.chain), power: 7, .arithmetic),
    Operator("*", .infix(.chain), power: 8, .arithmetic), Operator("/", .infix(.chain), power: 8, .arithmetic),
    Operator("%", .infix(.chain), power: 8, .arithmetic), Operator("-", .prefix, power: 9, .arithmetic),
    Operator("+", .prefix, power: 9, .arithmetic),
    // Marks a field that may be missing from the data.
    Operator("?", .prefix, power: 10, .cast),
  ]

  private static func compare(_ spelling: String, _ comparison: FieldComparison) -> Operator {
    Operator(spelling, .infix(.none), power: 5, .comparison(comparison))
  }

  private static let pattern = FieldComparison.Form.pattern(many: UInt8(ascii: "*"), one: UInt8(ascii: "?"))

  // MARK: Functions

  static let lowering = Lowering(
    grammar, functions: functions, transparent: ["string", "number", "safe", "string~", "number~"], known: known,
    bare: .truth)

  /// With a tilde, a function ignores case.
  private static let functions: [String: Lowering.Function] = {
    var functions: [String: Lowering.Function] = [:]
    for (name, comparison) in [
      ("cidrmatch", FieldComparison(.cidr)), ("endswith", FieldComparison(.endsWith)),
      ("startswith", FieldComparison(.startsWith)), ("stringcontains", FieldComparison(.contains)),
      ("wildcard", FieldComparison(.eq, form: pattern)), ("match", FieldComparison(.regex)),
      ("matchlite", FieldComparison(.regex)), ("arraycontains", FieldComparison(.eq)),
    ] {
      functions[name] = Lowering.Function(comparison)
      var insensitive = comparison
      if comparison.kind == .regex { insensitive.modifiers = .ignoreCase }
      functions[name + "~"] = Lowering.Function(insensitive)
    }
    return functions
  }()

  private static let known: Set<String> = {
    let names = [
      "add", "arraycount", "between", "concat", "divide", "indexof", "length", "modulo", "multiply",
      "substring", "subtract",
    ]
    return Set(names + names.map { $0 + "~" }).union(searches)
  }()

  /// Whether any element of a list meets a condition, in which a name refers to the element.
  private static let searches: Set = ["arraysearch", "_arraysearch"]

  /// `_arraysearch(stack, $entry, $entry.name == "x")` means `stack.name == "x"` for the list.
  static func search(
    _ name: String, _ arguments: [Expression], _ lowering: ExpressionLowering
  ) -> ExpressionLowering.Operand? {
    guard searches.contains(name), arguments.count == 3, case .field(let list) = lowering.operand(arguments[0]),
      let field = list.name, let element = lowering.text(of: arguments[1])
    else { return nil }
    var inner = lowering
    inner.bindings[element] = .field(field)
    return .truth(inner.predicate(of: arguments[2]))
  }

  /// The commands that can follow `|`.
  static let pipes: Set = ["count", "filter", "head", "sort", "tail", "unique", "unique_count"]
}
