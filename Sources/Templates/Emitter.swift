import XML

/// Emits a program: adjacent constant bytes are merged into runs.
struct Emitter {
  private(set) var program = Program()
  /// An operation that is a jump target must not be merged into the one before it.
  private var lastLabel = 0

  mutating func emit(_ operation: Operation) { program.operations.append(operation) }

  /// Emits an operation whose end isn't known yet, and returns its number for ``close(_:)``.
  mutating func open(_ operation: Operation) -> Int {
    emit(operation)
    lastLabel = program.operations.count
    return lastLabel - 1
  }

  /// Makes an operation end, or jump, here. nil means that it couldn't be emitted.
  mutating func close(_ index: Int?) {
    guard let index else { return }
    let here = program.operations.count
    lastLabel = here
    switch program.operations[index] {
    case .jump(let when, let slot, _): program.operations[index] = .jump(when: when, slot, target: here)
    case .loop(let slot, _): program.operations[index] = .loop(slot, end: here)
    case .preformatted: program.operations[index] = .preformatted(end: here)
    default: break
    }
  }

  /// Emits markup unchanged.
  mutating func emit(markup: String) { emit(bytes: Array(markup.utf8)) }

  mutating func emit(text: String) {
    var buffer = ByteBuffer()
    buffer.append(text: text)
    emit(bytes: buffer.bytes)
  }

  mutating func emit(attributeText text: String) {
    var buffer = ByteBuffer()
    buffer.append(attribute: text)
    emit(bytes: buffer.bytes)
  }

  private mutating func emit(bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    let range = store(bytes)
    if case .bytes(let before)? = program.operations.last, before.upperBound == range.lowerBound,
      lastLabel < program.operations.count
    {
      program.operations[program.operations.count - 1] = .bytes(before.lowerBound..<range.upperBound)
    } else {
      emit(.bytes(range))
    }
  }

  /// Stores bytes for an operation to refer to.
  mutating func store(_ bytes: [UInt8]) -> Range<Int> {
    program.bytes += bytes
    return (program.bytes.count - bytes.count)..<program.bytes.count
  }

  mutating func store(steps: [Int]) -> Range<Int> {
    program.steps += steps
    return (program.steps.count - steps.count)..<program.steps.count
  }

  mutating func store(arguments: [Int]) -> Range<Int> {
    program.arguments += arguments
    return (program.arguments.count - arguments.count)..<program.arguments.count
  }
}
