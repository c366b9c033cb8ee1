package import Diagnostics
package import Documents
package import QueryLanguages
package import RuleModel

extension MetadataReader {
  /// Reads a query, and reports what it found wrong at the place of each problem.
  ///
  /// - Parameter start: the offset of the query in its text, in bytes.
  package mutating func read(_ query: Node, from start: Int = 0, in language: QueryLanguage) -> QueryReading {
    let places = TextPlaces(of: query)
    return read(Array(query.bytes.dropFirst(start)), in: language) { places.position(ofByte: start + $0) }
  }

  /// Reads a query whose text differs from what is written in the file.
  ///
  /// - Parameter place: finds the place in the rule's file of one of the query's bytes.
  package mutating func read(
    _ query: [UInt8], in language: QueryLanguage, place: @escaping (Int) -> SourcePosition
  ) -> QueryReading {
    let reading = language.read(query, place: place)
    rule.add(reading.faults)
    return reading
  }

  /// If a rule has more tests than can be read, its stages are kept without their logic.
  package mutating func leaveOutWhatIsTooLarge(at query: Node, limit: Int) {
    rule.leaveOutWhatIsTooLarge(at: query.span, limit: limit)
  }
}

extension RuleDraft {
  /// Adds what is wrong with its query to its findings.
  package mutating func add(_ faults: [QueryFault]) {
    findings += faults.map { Diagnostic($0.id, at: SourceLocation(source.file, at: $0.position), $0.message) }
  }

  /// If it has more tests than can be read, its stages are kept without their logic.
  package mutating func leaveOutWhatIsTooLarge(at span: SourceSpan, limit: Int) {
    var count = 0
    for stage in stages {
      stage.predicate.forEachLeaf { leaf, _ in if case .test = leaf { count += 1 } }
    }
    guard count > limit else { return }
    findings.append(
      Diagnostic(
        .ruleTooLarge, at: SourceLocation(source.file, at: span),
        "the rule has \(count) tests, more than the \(limit) that are read; split it"))
    for index in stages.indices { stages[index].predicate = .opaque("left out: the rule is too large") }
  }
}

extension [Stage] {
  /// Whether none of what they look for could be read.
  package var isUnread: Bool {
    var (hasUnread, hasRead) = (false, false)
    forEachLeaf { leaf, _ in
      switch leaf {
      case .text(let text) where text.meaning == .opaque: hasUnread = true
      case .test, .text: hasRead = true
      case .stage: break
      }
    }
    return isEmpty || hasUnread && !hasRead
  }
}
