package import Diagnostics
package import RuleModel

/// Reads the first rule of a text, or, if it has none, a search: its conditions without a rule around them.
///
/// - Parameter place: converts an offset in the text into a position in the rule's file.
package func readYARAL(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading {
  if let rule = YARALRule.all(in: query).first { return readYARAL(rule, in: query, place: place) }
  var search = YARALRule(name: "", nameSpan: 0..<0, span: 0..<query.count)
  let tokens = YARAL.grammar.tokens(of: query)
  guard let first = tokens.first, let last = tokens.last else { return QueryReading() }
  let body = first.span.lowerBound..<last.span.upperBound
  search.sections = [YARALRule.Section(name: "events", header: body.lowerBound..<body.lowerBound, body: body)]
  return readYARAL(search, in: query, place: place)
}

/// Reads a rule of a file: a stage for each section but `meta`, and where it relates several events, one for each.
package func readYARAL(
  _ rule: YARALRule, in bytes: [UInt8], place: @escaping (Int) -> SourcePosition
) -> QueryReading {
  var reader = YARALReader(rule, in: bytes, place: place)
  return reader.reading()
}

/// Reads the logic of a rule.
struct YARALReader {
  let rule: YARALRule
  let bytes: [UInt8]
  let place: (Int) -> SourcePosition
  var stages: [Stage] = []
  var faults: [QueryFault] = []
  var variables = YARALVariables()

  init(_ rule: YARALRule, in bytes: [UInt8], place: @escaping (Int) -> SourcePosition) {
    self.rule = rule
    self.bytes = bytes
    self.place = place
  }

  mutating func reading() -> QueryReading {
    if let unclosed = rule.unclosed {
      let fault = SyntaxFault(
        kind: .missing("}"), index: 0, offset: rule.span.upperBound, opener: Token(.symbol, unclosed))
      faults.append(.syntax(fault, in: bytes, limits: YARAL.grammar.limits, place))
    }
    let events = conditions(of: "events")
    variables.readEvents(events.compactMap(\.expression), in: bytes)
    variables.readPlaceholders(events.compactMap(\.expression), with: lowering)
    let outcomes = conditions(of: "outcome")
    let conditions = conditions(of: "condition")
    let isSingle = variables.events.count < 2
    // Stages of events come after the one that relates them.
    let sections = rule.sections.filter { $0.name != "meta" && YARAL.sections.contains($0.name) }
    let place = sections.first { $0.name == "events" }?.body.lowerBound ?? rule.span.lowerBound
    stages = [stage("events", .source, section("events")?.body ?? place..<place)]
    if !isSingle {
      for name in variables.events {
        variables.stages[name] = stages.count
        stages.append(Stage(name: name, language: .yaral, predicate: .always, position: self.place(place)))
      }
    }
    var logic = Predicate.always
    for name in ["match", "outcome", "condition", "options"] {
      guard let section = section(name) else { continue }
      stages.append(stage(name, .command, section.body))
      if name == "condition" {
        logic = condition(conditions, outcomes)
        stages[stages.count - 1].predicate = logic
        if !logic.isAlways { logic = .stage(stages.count - 1) }
      }
    }
    let used = Set(variables.polarity.keys)
    var whole = predicates(of: events)
    // An event that the condition doesn't name must happen as well.
    whole += variables.events.filter { !used.contains($0) }.compactMap { variables.stages[$0].map(Predicate.stage) }
    if !logic.isAlways { whole.append(logic) }
    stages[0].predicate = .all(whole)
    faults += QueryFault.unread(in: stages)
    return QueryReading(stages: stages, match: match(conditions), faults: QueryFault.inOrder(faults))
  }

  /// The logic of the conditions that relate several events. The others go to their event's stage, if it has one.
  private mutating func predicates(of conditions: [YARALCondition]) -> [Predicate] {
    var shared: [Predicate] = []
    var own: [String: [(span: Range<Int>, predicate: Predicate)]] = [:]
    let lowering = lowering
    for condition in conditions {
      let predicate =
        condition.expression.map { lowering.predicate(of: $0) }
        ?? .opaque(shortened(text(condition.span)), at: place(condition.span.lowerBound))
      let names = condition.expression.map { variables.names(in: $0, bytes) } ?? []
      let owner = names.count == 1 ? names.first : names.filter { variables.polarity[$0] == false }.min()
      if let owner, variables.stages[owner] != nil {
        own[owner, default: []].append((condition.span, predicate))
      } else {
        shared.append(predicate)
      }
    }
    for (name, parts) in own {
      guard let index = variables.stages[name], let first = parts.first else { continue }
      stages[index].predicate = .all(parts.map(\.predicate))
      stages[index].text = parts.map { outdented($0.span) }.joined(separator: "\n")
      stages[index].position = place(first.span.lowerBound)
    }
    return shared
  }

  // MARK: Conditions

  /// The conditions of a section. One that can't be read has no expression.
  private mutating func conditions(of name: String) -> [YARALCondition] {
    rule.sections.filter { $0.name == name }.flatMap { section -> [YARALCondition] in
      let statements = YARALStatements(bytes, in: section.body, endsTextsWithLine: rule.endsTextsWithLine)
      guard statements.tokens.count <= YARAL.grammar.limits.tokens else {
        note(SyntaxFault(kind: .tooLong, index: 0, offset: section.body.lowerBound))
        return [YARALCondition(span: section.body, expression: nil)]
      }
      return statements.all.map { statement in
        var parser = statements.parser(of: statement)
        var condition = YARALCondition(span: statements.span(of: statement), expression: nil)
        do throws(SyntaxFault) {
          condition.expression = YARAL.meaning(of: try parser.parse(), in: bytes)
          for fault in parser.faults { note(fault) }
        } catch {
          note(error)
        }
        faults += YARAL.lowering.unknownFunctions(in: parser, place)
        return condition
      }
    }
  }

  var lowering: ExpressionLowering {
    var lowering = ExpressionLowering(
      language: YARAL.lowering, bytes: bytes, computed: variables.computed, place: place)
    lowering.bindings = variables.bindings
    return lowering
  }

  private mutating func note(_ fault: SyntaxFault) {
    faults.append(.syntax(fault, in: bytes, limits: YARAL.grammar.limits, place))
  }

  // MARK: Stages

  private func section(_ name: String) -> YARALRule.Section? { rule.section(name) }

  private func stage(_ name: String, _ form: Stage.Form, _ span: Range<Int>) -> Stage {
    Stage(
      name: name, form: form, language: .yaral, text: outdented(span), predicate: .always,
      position: place(span.lowerBound))
  }

  /// The text of a part, whose lines lose the indentation of the first.
  private func outdented(_ span: Range<Int>) -> String {
    let lineFeed = UInt8(ascii: "\n")
    let before = bytes[..<span.lowerBound]
    let start = before.lastIndex { $0 == lineFeed || !ByteSet.spaces.contains($0) }
    guard start.map({ bytes[$0] == lineFeed }) ?? true else { return text(span) }
    let indentation = bytes[(start.map { $0 + 1 } ?? 0)..<span.lowerBound]
    let lines = bytes[span].split(separator: lineFeed, omittingEmptySubsequences: false).map { line in
      line.starts(with: indentation) ? line.dropFirst(indentation.count) : line
    }
    return String(decoding: Array(lines.joined(separator: [lineFeed])), as: UTF8.self)
  }

  func text(_ span: Range<Int>) -> String { String(decoding: bytes[span], as: UTF8.self) }
}

/// A condition of a section; its expression is nil if it can't be read.
struct YARALCondition {
  var span: Range<Int>
  var expression: Expression?
}
