/// A template as it is run: finished bytes, slots, and where to go on, in one flat list.
///
/// All of it is plain numbers, so that threads share it without counting references to anything in it.
struct Program: Sendable {
  var operations: [Operation] = []
  /// The finished bytes of all runs, one after the other.
  var bytes: [UInt8] = []
  /// The steps of all slots.
  var steps: [Int] = []
  /// For each call, the numbers of the variables that it hands over.
  var arguments: [Int] = []
}

enum Operation: Sendable {
  case bytes(Range<Int>)
  /// Escaped text.
  case text(Slot)
  /// A part of an attribute's value.
  case attributeText(Slot)
  /// A whole attribute, whose name and `="` are in the bytes; left out when the value is absent.
  case attribute(Range<Int>, Slot)
  case fragment(Slot)
  /// Goes on at `target` when the slot holds (`when` true) or doesn't.
  case jump(when: Bool, Slot, target: Int)
  /// Puts a model on the stack of variables, or takes the last one off.
  case push(Slot)
  case pop
  /// Runs what follows, up to `end`, for each model of the list, which is last on the stack of variables.
  case loop(Slot, end: Int)
  /// Runs a macro's program on variables of its own.
  case call(program: Int, arguments: Range<Int>)
  /// Runs what follows, up to `end`, and doubles a line end that it starts with: HTML drops one at the start of `pre`.
  case preformatted(end: Int)
}

/// Where a value comes from: a variable of the frame, the models to go through, and a member.
struct Slot: Sendable {
  enum Member: Sendable {
    case member(Int)
    case link(Int)
    /// The model itself.
    case itself
    case repetition(RepeatMember)
  }

  var variable: Int
  /// A range of the program's steps.
  var steps: Range<Int>
  var member: Member
}

/// What TAL knows of a repetition (TALES 1.3, "repeat" variables).
enum RepeatMember: String, Sendable, CaseIterable {
  case index, number, even, odd, start, end, length

  /// Whether it is a flag, and not a number.
  var isFlag: Bool {
    switch self {
    case .even, .odd, .start, .end: true
    case .index, .number, .length: false
    }
  }
}
