import Diagnostics
import RuleModel

/// The commands: what each tests, and the names that it defines.
extension SPLReader {
  /// - Parameter logic: the conditions so far, to which a command that filters adds its own.
  func apply(_ command: Command, _ logic: inout [Predicate], _ columns: inout ComputedNames) {
    let body = command.body
    /// - Parameter condition: read after the stage has its place, so that those of searches in it follow.
    func filter(by condition: () -> Predicate) {
      let stage = addStage(command)
      let predicate = condition()
      guard !predicate.isAlways, case .stage(let index) = stage else { return }
      stages[index].predicate = predicate
      logic.append(stage)
    }
    switch command.name {
    case "": filter { macros(in: body) }
    case "search", "metasearch": filter { searchPredicate(in: body, columns) }
    case "where": filter { wherePredicate(in: body, columns) }
    case "regex": filter { regexFilter(body) }
    case "tstats", "mstats", "mcatalog": filter { statistics(body, &columns) }
    case "inputlookup":
      readLookup(body)
      filter { clause("where", in: body).map { searchPredicate(in: $0, columns) } ?? .always }
    case "from", "datamodel":
      addStage(command)
      readSource(command)
    case "append", "appendcols", "appendpipe", "union", "multisearch", "set":
      branches(command, &logic, &columns)
    case "join", "selfjoin":
      filter { joined(command, &columns) }
    case "map": filter { mapped(body, &columns) }
    case "transaction":
      define(command, &columns)
      filter { readTransaction(body, columns) }
    case "foreach":
      addStage(command)
      for part in subsearches(in: body) { _ = pipeline(in: part, &columns) }
    default:
      let isKnown = SPL.isCommand(command.name)
      guard isKnown else {
        if !definesCommand(command.name) { reportUnknown(command) }
        filter { opaque(command.span) }
        return
      }
      addStage(command)
      define(command, &columns)
    }
  }

  /// Macros in the place of a command. One that isn't known may stand for any command, and what follows it may be a part
  /// of that.
  private func macros(in body: Range<Int>) -> Predicate {
    let parts = tokens(body).map { token in
      bytes[token.span.lowerBound] == UInt8(ascii: "`") ? macro(token.span) : nil
    }
    let known = parts.compactMap(\.self).filter { !$0.isAlways }
    guard parts.allSatisfy({ $0 != nil }) else { return opaque(body) }
    return known.count == 1 ? known[0] : .all(known)
  }

  /// Most unknown commands come with an app. A name that is nearly one of Splunk's own is more likely a slip.
  private func reportUnknown(_ command: Command) {
    let name = shortened(command.name)
    if let near = SPL.command(misspelledAs: command.name) {
      report(
        .queryFunction, "there is no command '\(name)' in Splunk's language; did you mean '\(near)'?",
        at: command.span.lowerBound)
    } else {
      report(
        .queryUnread,
        "the command '\(name)' isn't one of Splunk's own; add the commands.conf that defines it, or correct the name",
        at: command.span.lowerBound)
    }
  }

  /// `regex user!="^svc_"`, `regex "…"` of the whole event.
  private func regexFilter(_ body: Range<Int>) -> Predicate {
    let tokens = tokens(body)
    guard let last = tokens.last else { return .always }
    func source(_ token: Token) -> String { expanded(token.span) }
    var field: String?
    var isNegated = false
    if tokens.count >= 3 {
      field = values.text(of: Expression(tokens[0].kind == .word ? .name : .text(quote: 0), tokens[0].span))
      isNegated = source(tokens[1]) == "!="
    }
    let text: [UInt8]
    if case .text = last.kind {
      text = regexText(last.span)
    } else {
      let start = tokens.count >= 3 ? tokens[2].span.lowerBound : tokens[0].span.lowerBound
      text = Array(bytes[start..<last.span.upperBound])
    }
    let test = Predicate.test(
      Test(
        field: field, kind: .regex, value: String(decoding: text, as: UTF8.self), position: place(last.span.lowerBound))
    )
    return isNegated ? .not(test) : test
  }

  /// `tstats count from datamodel=X.Y where … by …`
  private func statistics(_ body: Range<Int>, _ columns: inout ComputedNames) -> Predicate {
    var predicates: [Predicate] = []
    if let from = clause("from", in: body) { readDataModel(from) }
    // A macro that isn't known may say anything.
    let head = body.lowerBound..<(clauseStarts(in: body).map(\.span.lowerBound).min() ?? body.upperBound)
    for token in tokens(head) where bytes[token.span.lowerBound] == UInt8(ascii: "`") {
      let predicate = macro(token.span)
      if !predicate.isAlways { predicates.append(predicate) }
    }
    if let condition = clause("where", in: body) {
      let predicate = searchPredicate(in: condition, columns)
      if !predicate.isAlways { predicates.append(predicate) }
    }
    if let by = clause("by", in: body) ?? clause("groupby", in: body) { group(tokens(by)[...], &columns) }
    aggregate(head, &columns)
    return predicates.isEmpty ? .always : .group(predicates, byAnd: true)
  }

  // MARK: Clauses

  private static let clauseWords: Set = ["from", "where", "by", "groupby"]

  private func clauseStarts(in body: Range<Int>) -> [Token] {
    var level = 0
    var found: [Token] = []
    for token in tokens(body) {
      if token.kind == .symbol {
        if ByteSet.openers.contains(bytes[token.span.lowerBound]) { level += 1 }
        if ByteSet.closers.contains(bytes[token.span.lowerBound]) { level -= 1 }
      } else if level == 0, token.kind == .word, SPLReader.clauseWords.contains(expanded(token.span).lowercased()) {
        found.append(token)
      }
    }
    return found
  }

  /// What follows a word of a command, up to the next such word.
  private func clause(_ word: String, in body: Range<Int>) -> Range<Int>? {
    let starts = clauseStarts(in: body)
    guard let index = starts.firstIndex(where: { expanded($0.span).lowercased() == word }) else { return nil }
    let end = index + 1 < starts.count ? starts[index + 1].span.lowerBound : body.upperBound
    return starts[index].span.upperBound..<end
  }

  // MARK: Sources

  private func texts(_ range: Range<Int>) -> [(text: String, offset: Int)] {
    tokens(range).compactMap { token in
      switch token.kind {
      case .word: (expanded(token.span), token.span.lowerBound)
      case .text(let quote):
        values.text(of: Expression(.text(quote: quote), token.span)).map { ($0, token.span.lowerBound) }
      default: nil
      }
    }
  }

  /// `datamodel=Endpoint.Processes`, `datamodel "Web"."Web"`
  private func readDataModel(_ range: Range<Int>) {
    let words = texts(range)
    guard let first = words.first, first.text.lowercased() == "datamodel", words.count > 1 else { return }
    // A name may be written in parts: `"Web"."Web"`.
    let name = words.dropFirst().prefix(3).map(\.text).reduce(into: "") { name, part in
      if name.isEmpty || name.hasSuffix(".") || part.hasPrefix(".") { name += part }
    }
    sources.append(QuerySource(.dataModel, name, at: place(words[1].offset)))
  }

  /// The first word that isn't a setting: `inputlookup append=t name where …`
  func readLookup(_ body: Range<Int>) {
    let tokens = tokens(body)
    var at = 0
    while at + 2 < tokens.count, bytes[tokens[at + 1].span] == [UInt8(ascii: "=")] { at += 3 }
    guard at < tokens.count, tokens[at].kind != .symbol, let name = name(tokens[at]) else { return }
    sources.append(QuerySource(.lookup, name, at: place(tokens[at].span.lowerBound)))
  }

  private func readSource(_ command: Command) {
    let words = texts(command.body)
    guard let first = words.first else { return }
    if command.name == "datamodel" {
      let name =
        words.count > 1 && !["search", "flat", "acceleration_search"].contains(words[1].text)
        ? first.text + "." + words[1].text : first.text
      sources.append(QuerySource(.dataModel, name, at: place(first.offset)))
      return
    }
    let parts = first.text.split(separator: ":", maxSplits: 1).map(String.init)
    let name = parts.count > 1 ? parts[1] : words.count > 1 ? words[1].text : ""
    if parts.first?.lowercased() == "datamodel", !name.isEmpty {
      sources.append(QuerySource(.dataModel, name, at: place(first.offset)))
    }
  }

  // MARK: Several searches

  /// The contents of the outermost square brackets.
  func subsearches(in range: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var level = 0
    var start = range.lowerBound
    for token in tokens(range) where token.kind == .symbol {
      switch bytes[token.span.lowerBound] {
      case UInt8(ascii: "["):
        if level == 0 { start = token.span.upperBound }
        level += 1
      case UInt8(ascii: "]") where level > 0:
        level -= 1
        if level == 0 { found.append(start..<token.span.lowerBound) }
      default: break
      }
    }
    if level > 0 { found.append(start..<range.upperBound) }
    return found
  }

  /// Adds the results of other searches: an event may be any of theirs.
  private func branches(_ command: Command, _ logic: inout [Predicate], _ columns: inout ComputedNames) {
    let stage = addStage(command)
    let continues = command.name == "appendpipe"
    var all = columns
    var legs: [Predicate] = []
    for part in subsearches(in: command.body) {
      var own = continues ? columns : ComputedNames()
      if let index = pipeline(in: part, &own) { legs.append(.stage(index)) }
      all.merge(own)
    }
    columns = all
    guard case .stage(let index) = stage, !legs.isEmpty else { return }
    let isFirst = stages[..<index].last?.form == .source
    if !isFirst { legs.insert(.all(logic), at: 0) }
    stages[index].predicate = .any(legs)
    logic = [stage]
  }

  private func joined(_ command: Command, _ columns: inout ComputedNames) -> Predicate {
    var logic: [Predicate] = []
    for part in subsearches(in: command.body) {
      var own = ComputedNames()
      if let index = pipeline(in: part, &own) { logic.append(.stage(index)) }
      columns.merge(own)
    }
    joinsEvents = true
    return logic.isEmpty ? .always : .all(logic)
  }

  /// `map search="…"`: a search for each result.
  private func mapped(_ body: Range<Int>, _ columns: inout ComputedNames) -> Predicate {
    var logic: [Predicate] = []
    columns = ComputedNames()
    for part in subsearches(in: body) {
      if let index = pipeline(in: part, &columns) { logic.append(.stage(index)) }
    }
    let tokens = tokens(body)
    for (index, token) in tokens.enumerated() where index > 1 && depth < limits.depth {
      guard case .text(let quote) = token.kind, expanded(tokens[index - 2].span).lowercased() == "search" else {
        continue
      }
      let reader = reader(of: Expression(.text(quote: quote), token.span))
      let first = reader.read()
      let start = add(reader)
      if let first { logic.append(.stage(start + first)) }
      columns = reader.columns
    }
    joinsEvents = joinsEvents || !logic.isEmpty
    return logic.isEmpty ? .always : .all(logic)
  }
}
