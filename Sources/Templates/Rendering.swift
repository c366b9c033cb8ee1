import XML

/// The rendering of a template for one model.
struct Rendering {
  /// The current value of a variable: absent if an optional model is.
  private struct Variable {
    var instance: Instance?
    var index = 0
    var count = 1
  }

  /// A step from a model to one inside it.
  private struct Step {
    var from: Instance
    var member: Int
    var to: Instance?
  }

  private let programs: [Program]
  private var variables: [Variable]
  /// The last step at each depth of a path: the following slots usually take the same one, and copying models is
  /// expensive.
  private var lastSteps: [Step] = []

  init(_ programs: [Program], on instance: Instance) {
    self.programs = programs
    variables = [Variable(instance: instance)]
  }

  mutating func run(program index: Int, into buffer: inout ByteBuffer) {
    run(programs[index], 0..<programs[index].operations.count, frame: variables.count - 1, into: &buffer)
  }

  /// - Parameter frame: the index of the program's first variable.
  private mutating func run(_ program: Program, _ range: Range<Int>, frame: Int, into buffer: inout ByteBuffer) {
    var at = range.lowerBound
    while at < range.upperBound {
      switch program.operations[at] {
      case .bytes(let range): append(program.bytes, range, to: &buffer)
      case .text(let slot):
        if let text = text(slot, program, frame) { buffer.append(text: text) }
      case .attributeText(let slot):
        if let text = text(slot, program, frame) { buffer.append(attribute: text) }
      case .attribute(let name, let slot):
        if let text = text(slot, program, frame) {
          append(program.bytes, name, to: &buffer)
          buffer.append(attribute: text)
          buffer.append(UInt8(ascii: "\""))
        }
      case .fragment(let slot):
        if case .member(let member) = slot.member, let fragment = owner(slot, program, frame)?.fragment(member) {
          buffer.append(fragment.bytes)
        }
      case .jump(let when, let slot, let target):
        if isTrue(slot, program, frame) == when {
          at = target
          continue
        }
      case .push(let slot): variables.append(Variable(instance: model(slot, program, frame)))
      case .pop: variables.removeLast()
      case .loop(let slot, let end):
        if case .member(let member) = slot.member, let list = owner(slot, program, frame)?.list(member) {
          let count = list.count
          for index in 0..<count {
            variables.append(Variable(instance: list.instance(index), index: index, count: count))
            run(program, (at + 1)..<end, frame: frame, into: &buffer)
            variables.removeLast()
          }
        }
        at = end
        continue
      case .call(let callee, let arguments):
        let calleeFrame = variables.count
        for argument in program.arguments[arguments] { variables.append(variables[frame + argument]) }
        run(programs[callee], 0..<programs[callee].operations.count, frame: calleeFrame, into: &buffer)
        variables.removeSubrange(calleeFrame...)
      case .preformatted(let end):
        let start = buffer.count
        run(program, (at + 1)..<end, frame: frame, into: &buffer)
        if buffer.byte(at: start) == UInt8(ascii: "\n") { buffer.insert(UInt8(ascii: "\n"), at: start) }
        at = end
        continue
      }
      at += 1
    }
  }

  private func append(_ bytes: [UInt8], _ range: Range<Int>, to buffer: inout ByteBuffer) {
    bytes.withUnsafeBufferPointer { buffer.append(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  // MARK: Values

  /// The model with the slot's member.
  private mutating func owner(_ slot: Slot, _ program: Program, _ frame: Int) -> Instance? {
    var instance = variables[frame + slot.variable].instance
    for (depth, index) in slot.steps.enumerated() {
      guard let from = instance else { return nil }
      let member = program.steps[index]
      if depth < lastSteps.count, lastSteps[depth].from === from, lastSteps[depth].member == member {
        instance = lastSteps[depth].to
      } else {
        instance = from.model(member)
        let step = Step(from: from, member: member, to: instance)
        if depth < lastSteps.count { lastSteps[depth] = step } else { lastSteps.append(step) }
      }
    }
    return instance
  }

  private mutating func model(_ slot: Slot, _ program: Program, _ frame: Int) -> Instance? {
    let owner = owner(slot, program, frame)
    return if case .member(let member) = slot.member { owner?.model(member) } else { owner }
  }

  private mutating func text(_ slot: Slot, _ program: Program, _ frame: Int) -> String? {
    switch slot.member {
    case .member(let member): return owner(slot, program, frame)?.text(member)
    case .link(let member): return owner(slot, program, frame)?.link(member)?.address
    case .itself: return nil
    case .repetition(let member):
      let variable = variables[frame + slot.variable]
      switch member {
      case .index: return String(variable.index)
      case .number: return String(variable.index + 1)
      case .length: return String(variable.count)
      case .even, .odd, .start, .end: return nil
      }
    }
  }

  private mutating func isTrue(_ slot: Slot, _ program: Program, _ frame: Int) -> Bool {
    switch slot.member {
    case .member(let member), .link(let member): return owner(slot, program, frame)?.isTrue(member) ?? false
    case .itself: return owner(slot, program, frame) != nil
    case .repetition(let member):
      let variable = variables[frame + slot.variable]
      switch member {
      // TALES counts from zero here, so the first item is even.
      case .even: return variable.index % 2 == 0
      case .odd: return variable.index % 2 == 1
      case .start: return variable.index == 0
      case .end: return variable.index + 1 == variable.count
      case .index: return variable.index != 0
      case .number, .length: return true
      }
    }
  }
}
