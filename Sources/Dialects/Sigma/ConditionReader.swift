import Diagnostics
import Documents
import QueryLanguages
import RuleModel

/// Joins a condition with the search identifiers that it names: the condition becomes the first stage, and each
/// identifier it uses becomes a stage after it, in file order.
struct ConditionReader {
  private var reader: DetectionReader
  private var identifiers: SearchIdentifiers
  private let work: WorkBudget
  private let reserved: Set<String>
  private let maximalTests: Int
  /// How many more identifiers the condition may name, with patterns expanded.
  private var usesLeft: Int
  /// Whether the condition or the rule is larger than can be read, so that what it looks for is missing.
  private(set) var isTooLarge = false
  /// Whether a part of the condition can't be read, so that an identifier it doesn't name may still be used.
  private var isUnclear = false
  /// Whether a part of the condition can't be parsed, in which case no engine loads the rule.
  private(set) var isUnparsed = false
  private(set) var aggregations: [SigmaAggregation] = []

  var findings: [Diagnostic] { reader.findings }

  /// - Parameters:
  ///   - detection: the `detection` section, or a filter's.
  ///   - reserved: keys that aren't search identifiers.
  init(detection: Node, reserved: Set<String>, file: SourceFile, limits: ReadingLimits, work: WorkBudget) {
    reader = DetectionReader(file: file, work: work)
    identifiers = SearchIdentifiers(work: work)
    self.work = work
    self.reserved = reserved
    maximalTests = limits.tests
    usesLeft = limits.tests
    for (key, node) in detection.entries {
      guard let name = key.text else {
        reader.report(
          .sigmaDetection, at: key.span,
          "the name of a search identifier must be a text; write one before the colon")
        continue
      }
      if !reserved.contains(name) { identifiers.add(name, node: node, key: key) }
    }
  }

  /// - Parameter condition: a text, or a list of texts that are joined by `or`.
  mutating func stages(of condition: Node) -> [Stage] {
    let conditions = condition.kind == .sequence ? condition.items : [condition]
    if conditions.isEmpty { reportMissing(at: condition, "the condition is an empty list") }
    var predicates: [Predicate] = []
    for node in conditions {
      guard let text = node.text, !node.isNull else {
        reportMissing(at: node, node.isNull ? "the condition is empty" : "a condition must be a text")
        continue
      }
      predicates.append(predicate(of: text, at: node))
    }
    let texts = conditions.compactMap(\.text).filter { !$0.isEmpty }
    let first = Stage(
      name: "condition", text: texts.isEmpty ? nil : texts.joined(separator: "\n"),
      predicate: predicates.isEmpty ? .opaque("no condition") : .group(predicates, byAnd: false),
      position: condition.position)
    return withIdentifiers(first)
  }

  private mutating func reportMissing(at node: Node, _ what: String) {
    isUnclear = true
    reader.report(
      .sigmaCondition, at: node.span, "\(what); name the search identifiers that must match, such as 'selection'")
  }

  // MARK: Names

  private mutating func predicate(of text: String, at node: Node) -> Predicate {
    let places = TextPlaces(of: node)
    let split: (condition: String, aggregation: SigmaAggregation?)
    do throws(SigmaConditionError) { split = try splitAggregation(text) } catch {
      return unread(text, error, at: places.span(ofBytes: error.span))
    }
    var parts: [Predicate] = []
    parts.append(parse(split.condition, at: places, offset: 0, whole: text))
    if let aggregation = split.aggregation {
      aggregations.append(aggregation)
      reader.report(
        .sigmaAggregation, at: node.span,
        "the aggregation '\(shortened(aggregation.text))' after a pipe was removed from Sigma; write a correlation rule instead"
      )
      if let near = aggregation.near {
        parts.append(parse(near.condition, at: places, offset: near.offset, whole: text))
      }
    }
    return .group(parts, byAnd: true)
  }

  private mutating func parse(_ text: String, at places: TextPlaces, offset: Int, whole: String) -> Predicate {
    do throws(SigmaConditionError) {
      let condition = try SigmaCondition(text)
      return condition.predicate { resolve($0, at: places, offset: offset) }
    } catch {
      return unread(text, error, at: places.span(ofBytes: error.span, behind: offset), whole: whole)
    }
  }

  /// Keeps a condition that can't be parsed as text, so that the page shows it; the identifiers it names count as used.
  private mutating func unread(
    _ text: String, _ error: SigmaConditionError, at span: SourceSpan, whole: String? = nil
  ) -> Predicate {
    (isUnclear, isUnparsed) = (true, true)
    reader.report(.sigmaCondition, at: span, error.message)
    for index in identifiers.indices(namedIn: text) { identifiers.markUsed(index) }
    return .opaque(error == .empty ? "no condition" : shortened(whole ?? text))
  }

  private mutating func resolve(_ part: SigmaCondition.Part, at places: TextPlaces, offset: Int) -> Predicate {
    switch part {
    case .name(let name, _):
      if let index = identifiers.index(named: name) { return use(index) }
      if name.utf8.contains(UInt8(ascii: "*")) {
        return barePattern(name, at: places.span(ofBytes: part.span, behind: offset))
      }
      let near =
        identifiers.nearest(to: name).map { "; did you mean '\(shortened($0))'?" } ?? "; add it or correct the name"
      reader.report(
        .sigmaSelectionMissing, at: places.span(ofBytes: part.span, behind: offset),
        "the detection has no search identifier '\(shortened(name))'\(near)")
      return .opaque(shortened(name))
    case .quantified(let quantifier, let pattern, _):
      return quantified(quantifier, pattern: pattern, at: places.span(ofBytes: part.span, behind: offset))
    }
  }

  /// A pattern without a quantifier: `sel_*`.
  private mutating func barePattern(_ name: String, at span: SourceSpan) -> Predicate {
    isUnclear = true
    let isKnown = !identifiers.indices(matching: name).isEmpty
    reader.report(
      .sigmaCondition, at: span,
      "the pattern '\(shortened(name))' needs '1 of' or 'all of' before it; "
        + (isKnown
          ? "it is read as '1 of \(shortened(name))'" : "it matches no search identifier either, so correct it"))
    guard isKnown else { return .opaque(shortened(name)) }
    return quantified(.any, pattern: name, at: span)
  }

  private mutating func quantified(
    _ quantifier: SigmaCondition.Quantifier, pattern: String?, at span: @autoclosure () -> SourceSpan
  ) -> Predicate {
    let matching = identifiers.indices(matching: pattern)
    guard !matching.isEmpty else {
      // It may have been meant to match any identifier that isn't otherwise used.
      isUnclear = true
      reader.report(
        .sigmaSelectionMissing, at: span(),
        "'\(shortened(pattern ?? "them"))' matches no search identifier; add one or correct the name")
      return .opaque(shortened(pattern ?? "them"))
    }
    guard matching.count <= usesLeft, work.spend(matching.count) else {
      for index in matching { identifiers.markUsed(index) }
      return tooLarge()
    }
    if quantifier == .all, let pattern, !pattern.utf8.contains(UInt8(ascii: "*")),
      identifiers.all[matching[0]].node.kind == .sequence
    {
      reader.report(
        .sigmaCondition, at: span(), severity: .note,
        "'all of \(shortened(pattern))' means '\(shortened(pattern))' itself, and so any item of its list; for all of them write '|all' behind a field"
      )
    }
    return .group(matching.map { use($0) }, byAnd: quantifier == .all)
  }

  /// Refers to an identifier provisionally by its index; ``withIdentifiers(_:)`` turns that into a stage.
  private mutating func use(_ index: Int) -> Predicate {
    identifiers.markUsed(index)
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
    var stageOfIdentifier = [Int](repeating: 0, count: identifiers.all.count)
    var stages = [condition]
    for (index, identifier) in identifiers.all.enumerated() {
      guard identifier.isUsed else {
        reportUnused(identifier)
        continue
      }
      stageOfIdentifier[index] = stages.count
      stages.append(
        Stage(
          name: identifier.name,
          predicate: reader.selection(of: identifier.node, key: identifier.key), position: identifier.key.position))
    }
    stages[0].predicate = condition.predicate.folded(
      leaf: { leaf in if case .stage(let index) = leaf { .stage(stageOfIdentifier[index]) } else { Predicate(leaf) } },
      all: Predicate.all, any: Predicate.any, not: Predicate.not)
    if isTooLarge {
      reader.report(
        .ruleTooLarge, at: SourceSpan(condition.position),
        "the condition names more than \(maximalTests) search identifiers; simplify it")
    }
    if reader.testCount > maximalTests {
      reader.report(
        .ruleTooLarge, at: SourceSpan(condition.position),
        "the rule has \(reader.testCount) tests, more than the \(maximalTests) that are read; split it")
      isTooLarge = true
      for index in stages.indices.dropFirst() { stages[index].predicate = .opaque("left out: the rule is too large") }
    }
    return stages
  }

  private mutating func reportUnused(_ identifier: SearchIdentifiers.Identifier) {
    let name = shortened(identifier.name)
    if let odd = SigmaConditionWord.words(of: identifier.name).first(where: {
      $0.isReserved || $0.text != identifier.name
    }) {
      let reason = odd.isReserved ? "'\(shortened(odd.text))' means something else there" : "it has white space"
      reader.report(
        .sigmaDetection, at: identifier.key.span,
        "no condition can name '\(name)', as \(reason); rename it, with letters, digits, '_' and '-' only")
    } else if let meant = reserved.sorted().first(where: { isSlip(identifier.name, of: $0) }) {
      reader.report(
        .sigmaSelectionUnused, at: identifier.key.span,
        "the condition doesn't use '\(name)'; did you mean '\(meant)'?")
    } else if !isUnclear {
      reader.report(
        .sigmaSelectionUnused, at: identifier.key.span, "the condition doesn't use '\(name)'; use it or remove it")
    }
  }
}
