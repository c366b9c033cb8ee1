/// A part of a program that has a value. Spans are offsets in the module's bytes.
struct PythonExpression: Hashable, Sendable {
  indirect enum Kind: Hashable, Sendable {
    case name(String)
    case number(String)
    case text(String)
    /// An f-string: its texts, and the values between them.
    case formatted([PythonExpression])
    /// A list, a tuple or a set.
    case list([PythonExpression])
    /// A key is nil for a dictionary that is added whole: `**others`.
    case dictionary([Entry])
    /// A value, and what is taken from it: `event.get("a")[0]`.
    case path(PythonExpression, [Step])
    case not(PythonExpression)
    case sign(PythonExpression)
    case and([PythonExpression])
    case or([PythonExpression])
    /// `a + b - c`, from left to right.
    case arithmetic(PythonExpression, [Operand])
    /// `a < b <= c`
    case comparison(PythonExpression, [Compared])
    case conditional(if: PythonExpression, then: PythonExpression, else: PythonExpression)
    /// A list, set, generator or dictionary made in a loop.
    case comprehension(key: PythonExpression?, value: PythonExpression, [Loop])
    case lambda([PythonParameter], PythonExpression)
    /// `name := value`
    case named(String, PythonExpression)
    /// `*values` or `**values`
    case spread(PythonExpression, isDictionary: Bool)
    case unread
  }

  enum Step: Hashable, Sendable {
    case member(String)
    case index(PythonExpression)
    case slice
    case call([Argument])
  }

  struct Argument: Hashable, Sendable {
    var name: String?
    var value: PythonExpression
  }

  struct Entry: Hashable, Sendable {
    var key: PythonExpression?
    var value: PythonExpression
  }

  struct Operand: Hashable, Sendable {
    var operation: String
    var value: PythonExpression
  }

  struct Compared: Hashable, Sendable {
    var relation: Relation
    var value: PythonExpression
  }

  struct Loop: Hashable, Sendable {
    var target: PythonExpression
    var values: PythonExpression
    var conditions: [PythonExpression]
  }

  enum Relation: Hashable, Sendable {
    case equal, unequal, less, lessOrEqual, greater, greaterOrEqual, isIn, isNotIn
  }

  var kind: Kind
  var span: Range<Int>

  init(_ kind: Kind, _ span: Range<Int>) {
    self.kind = kind
    self.span = span
  }

  /// Whether this is equal to one of some values.
  func isAny(of values: [PythonExpression], _ span: Range<Int>) -> PythonExpression {
    let compared =
      values.count == 1
      ? Compared(relation: .equal, value: values[0])
      : Compared(relation: .isIn, value: PythonExpression(.list(values), span))
    return PythonExpression(.comparison(self, [compared]), span)
  }
}

struct PythonParameter: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// By its place or its name.
    case ordinary
    /// By its name only.
    case byName
    /// `*values`
    case remainingValues
    /// `**values`
    case remainingNames
  }

  var name: String
  var kind = Kind.ordinary
  /// nil if it has none.
  var standard: PythonExpression?
}

struct PythonStatement: Hashable, Sendable {
  indirect enum Kind: Hashable, Sendable {
    case expression(PythonExpression)
    case assignment(targets: [PythonExpression], PythonExpression)
    /// `del x`
    case removal([PythonExpression])
    /// `x += y`
    case change(PythonExpression, operation: String, PythonExpression)
    case result(PythonExpression?)
    case condition([Branch], otherwise: [PythonStatement])
    case loop(PythonExpression.Loop, body: [PythonStatement], otherwise: [PythonStatement])
    case attempt([PythonStatement], handlers: [[PythonStatement]], finally: [PythonStatement])
    case block([PythonStatement])
    case function(PythonFunction)
    case imports([PythonImport])
    case breakLoop
    case nextRound
    /// Raises an error: no result.
    case failure
    /// Decides nothing: `pass`, `global x`.
    case nothing
    /// `@property`, before a function or a class.
    case decorator(String)
    /// It is done any number of times, and only sets these variables.
    case repeated(setting: [String])
    /// It may return, and it sets these variables.
    case unread(setting: [String])
  }

  struct Branch: Hashable, Sendable {
    var condition: PythonExpression
    var body: [PythonStatement]
  }

  var kind: Kind
  var span: Range<Int>

  init(_ kind: Kind, _ span: Range<Int>) {
    self.kind = kind
    self.span = span
  }
}

struct PythonFunction: Hashable, Sendable {
  var name: String
  var parameters: [PythonParameter]
  /// Whether a call runs its body, and nothing else: it has no decorator other than `property`, isn't asynchronous and
  /// yields nothing.
  var isOrdinary = true
  /// What changes a method of a class in a way that is read: `property`.
  var decorator: String?
  /// From `def` to the end of the body.
  var span: Range<Int>
  var body: [PythonStatement]

  /// Whether a call with one value runs its body.
  var takesOneValue: Bool {
    guard isOrdinary, let first = parameters.first, first.kind == .ordinary else { return false }
    return parameters.dropFirst().allSatisfy { parameter in
      parameter.standard != nil || parameter.kind == .remainingValues || parameter.kind == .remainingNames
    }
  }
}

/// A class, as far as it holds values and works with them.
struct PythonClass: Sendable {
  var bases: [PythonExpression]
  /// By their names; the last definition holds.
  var methods: [String: PythonFunction] = [:]
  /// The values that all of its objects have.
  var constants: [String: PythonExpression] = [:]
}

/// A name that a module takes from another, or another module.
struct PythonImport: Hashable, Sendable {
  /// In place of a name: all that the module defines.
  static let everything = "*"

  /// The module's dotted name; with leading dots if it is relative.
  var module: String
  /// nil for the module itself.
  var name: String?
  /// The name in this module.
  var local: String
}
