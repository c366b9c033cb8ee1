import Diagnostics
import Documents
import RuleModel

/// Joins a condition with the search identifiers that it names: the condition becomes the first stage, and each identifier
/// that it uses a stage after it, in the order of the file.
struct ConditionReader {
  private struct Identifier {
    var name: String
    var node: Node
    var key: Node
    var isUsed = false
    var isUsedPlainly = false
  }

  private var reader: DetectionReader
  private var identifiers: [Identifier] = []
  private var indexByName: [String: Int] = [:]
  /// How many identifiers the condition may still name, patterns unfolded.
  private var usesLeft = DetectionReader.maximalTests
  private var isTooLarge = false
  private(set) var aggregations: [Aggregation] = []

  var findings: [Diagnostic] { reader.findings }

  /// - Parameters:
  ///   - detection: the `detection` section, or a filter's.
  ///   - reserved: keys that are no search identifiers.
  init(detection: Node, reserved: Set<String>, path: String) {
    reader = DetectionReader(path: path)
    for (key, node) in detection.entries {
      guard let name = key.text else {
        reader.report(.sigmaDetection, at: key.position, "a search identifier is a name; what is under it is left out")
        continue
      }
      if reserved.contains(name) { continue }
      let identifier = Identifier(name: name, node: node, key: key)
      if let earlier = indexByName[name] {
        // Told as a duplicate key; the last one holds.
        identifiers[earlier] = identifier
      } else {
        indexByName[name] = identifiers.count
        identifiers.append(identifier)
      }
    }
  }

  /// - Parameter condition: a text or a list of them, which are joined by `or`.
  mutating func stages(of condition: Node) -> [Stage] {
    let conditions = condition.kind == .sequence ? condition.items : [condition]
    var predicates: [Predicate] = []
    for node in conditions {
      guard let text = node.text, !node.isNull else {
        reader.report(.sigmaCondition, at: node.position, "a condition is a text; write one, or a list of them")
        continue
      }
      predicates.append(predicate(of: text, at: node))
    }
    let texts = conditions.compactMap(\.text).filter { !$0.isEmpty }
    var first = Stage(
      name: "condition", role: .condition, text: texts.isEmpty ? nil : texts.joined(separator: "\n"),
      predicate: predicates.count == 1 ? predicates[0] : .any(predicates), position: condition.position)
    first.joinsEvents = aggregations.contains { $0.near != nil }
    return withIdentifiers(first)
  }

  // MARK: Names

  private mutating func predicate(of text: String, at node: Node) -> Predicate {
    let (condition, aggregation) = splitAggregation(text)
    var parts: [Predicate] = []
    if let parsed = parse(condition, at: node, offset: 0, whole: text) { parts.append(parsed) }
    if let aggregation {
      aggregations.append(aggregation)
      reader.report(
        .sigmaAggregation, at: node.position,
        "the aggregation '\(shortened(aggregation.text))' after a pipe was removed from Sigma; write a correlation rule instead"
      )
      if let near = aggregation.near, let parsed = parse(near.condition, at: node, offset: near.offset, whole: text) {
        parts.append(parsed)
      }
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// What can't be parsed stays as text, so that the page shows it, and all identifiers whose names it holds count as used.
  private mutating func parse(_ text: String, at node: Node, offset: Int, whole: String) -> Predicate? {
    do throws(ConditionError) {
      return resolve(try parseCondition(text), negated: false, at: node, offset: offset)
    } catch {
      reader.report(.sigmaCondition, at: node.position(ofByte: offset + error.offset), error.message)
      let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }.map(String.init))
      for index in identifiers.indices where words.contains(identifiers[index].name) {
        identifiers[index].isUsed = true
      }
      return .opaque(shortened(whole))
    }
  }

  private mutating func resolve(_ condition: Condition, negated: Bool, at node: Node, offset: Int) -> Predicate {
    switch condition {
    case .and(let parts): return .all(parts.map { resolve($0, negated: negated, at: node, offset: offset) })
    case .or(let parts): return .any(parts.map { resolve($0, negated: negated, at: node, offset: offset) })
    case .not(let part): return .not(resolve(part, negated: !negated, at: node, offset: offset))
    case .identifier(let name, let place):
      if let index = indexByName[name] { return use(index, negated: negated) }
      if name.contains("*") {
        reader.report(
          .sigmaCondition, at: node.position(ofByte: offset + place),
          "the pattern '\(name)' needs '1 of' or 'all of' before it; it is read as '1 of \(name)'")
        return quantified(.any, pattern: name, negated: negated, at: node, offset: offset + place)
      }
      let near =
        nearestName(to: name, in: identifiers.map(\.name)).map { "; did you mean '\($0)'?" }
        ?? "; add it or correct the name"
      reader.report(
        .sigmaSelectionMissing, at: node.position(ofByte: offset + place),
        "the detection has no search identifier '\(shortened(name))'\(near)")
      return .opaque(shortened(name))
    case .quantified(let quantifier, let pattern, let place):
      return quantified(quantifier, pattern: pattern, negated: negated, at: node, offset: offset + place)
    }
  }

  private mutating func quantified(
    _ quantifier: Condition.Quantifier, pattern: String?, negated: Bool, at node: Node, offset: Int
  ) -> Predicate {
    let namePattern = pattern.map(NamePattern.init)
    let matching = identifiers.indices.filter { index in
      let name = identifiers[index].name
      guard let pattern, let namePattern else { return !name.hasPrefix("_") }
      return (pattern.hasPrefix("_") || !name.hasPrefix("_")) && namePattern.matches(name)
    }
    guard !matching.isEmpty else {
      reader.report(
        .sigmaSelectionMissing, at: node.position(ofByte: offset),
        "'\(shortened(pattern ?? "them"))' matches no search identifier; add one or correct the name")
      return .opaque(shortened(pattern ?? "them"))
    }
    guard matching.count <= usesLeft else {
      for index in matching { identifiers[index].isUsed = true }
      return tooLarge()
    }
    let parts = matching.map { use($0, negated: negated) }
    if parts.count == 1 { return parts[0] }
    return quantifier == .all ? .all(parts) : .any(parts)
  }

  /// Refers to an identifier for the time being by its index; ``withIdentifiers(_:)`` turns that into a stage.
  private mutating func use(_ index: Int, negated: Bool) -> Predicate {
    identifiers[index].isUsed = true
    if !negated { identifiers[index].isUsedPlainly = true }
    guard usesLeft > 0 else { return tooLarge() }
    usesLeft -= 1
    return .stage(index)
  }

  private mutating func tooLarge() -> Predicate {
    isTooLarge = true
    return .opaque("left out: the condition is too large")
  }

  // MARK: Stages

  private mutating func withIdentifiers(_ condition: Stage) -> [Stage] {
    var stageOfIdentifier = [Int](repeating: 0, count: identifiers.count)
    var stages = [condition]
    for index in identifiers.indices {
      let identifier = identifiers[index]
      guard identifier.isUsed else {
        // Without a condition that could be read, nothing can be said of its use.
        if condition.text == nil { continue }
        reader.report(
          .sigmaSelectionUnused, at: identifier.key.position,
          "the condition doesn't use '\(shortened(identifier.name))'; use it or remove it")
        continue
      }
      stageOfIdentifier[index] = stages.count
      let isFilter = identifier.name.lowercased().hasPrefix("filter") || !identifier.isUsedPlainly
      stages.append(
        Stage(
          name: identifier.name, role: isFilter ? .filter : .selection,
          predicate: reader.predicate(of: identifier.node),
          position: identifier.key.position))
    }
    stages[0].predicate = condition.predicate.mappingStages { stageOfIdentifier[$0] }
    if isTooLarge {
      reader.report(
        .ruleTooLarge, at: condition.position,
        "the condition names more than \(DetectionReader.maximalTests) search identifiers; simplify it")
    }
    if reader.testCount > DetectionReader.maximalTests {
      reader.report(
        .ruleTooLarge, at: condition.position,
        "the rule has \(reader.testCount) tests, more than the \(DetectionReader.maximalTests) that are read; split it")
      for index in stages.indices.dropFirst() { stages[index].predicate = .opaque("left out: the rule is too large") }
    }
    return stages
  }
}

extension Predicate {
  fileprivate func mappingStages(_ transform: (Int) -> Int) -> Predicate {
    switch self {
    case .all(let parts): .all(parts.map { $0.mappingStages(transform) })
    case .any(let parts): .any(parts.map { $0.mappingStages(transform) })
    case .not(let part): .not(part.mappingStages(transform))
    case .stage(let index): .stage(transform(index))
    case .test, .opaque: self
    }
  }
}
