/// An executable template: constant bytes, slots and jumps, in one flat list.
///
/// It consists only of plain numbers, so threads can share it without reference counting.
struct Program: Sendable {
  var operations: [Operation] = []
  /// The constant bytes of all runs, concatenated.
  var bytes: [UInt8] = []
  /// The steps of all slots, concatenated.
  var steps: [Int] = []
  /// For each call, the numbers of the variables that it passes.
  var arguments: [Int] = []
}

enum Operation: Sendable {
  case bytes(Range<Int>)
  /// Escaped text.
  case text(Slot)
  /// A part of an attribute's value.
  case attributeText(Slot)
  /// A whole attribute, whose name and `="` are in the bytes; omitted if the value is absent.
  case attribute(Range<Int>, Slot)
  case fragment(Slot)
  /// Continues at `target` if the slot's truth equals `when`.
  case jump(when: Bool, Slot, target: Int)
  /// Pushes a model onto the stack of variables, or pops the last one.
  case push(Slot)
  case pop
  /// Runs what follows, up to `end`, for each model of the list, pushed onto the stack of variables.
  case loop(Slot, end: Int)
  /// Runs a macro's program with its own variables.
  case call(program: Int, arguments: Range<Int>)
  /// Runs what follows, up to `end`, and doubles a line end at its start, because HTML drops the first one in `pre`.
  case preformatted(end: Int)
}

/// Where a value comes from: a variable of the frame, the models to step through, and a member.
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

/// The members of a repetition in TAL (TALES 1.3, "repeat" variables).
enum RepeatMember: String, Sendable, CaseIterable {
  case index, number, even, odd, start, end, length

  /// Whether it is a flag rather than a number.
  var isFlag: Bool {
    switch self {
    case .even, .odd, .start, .end: true
    case .index, .number, .length: false
    }
  }
}
