import Diagnostics
import Events
import RuleModel
import TestSupport

/// The folder that holds Package.swift.
var repositoryPath: String? {
  #filePath.firstRange(of: "/Tests/EventsTests/").map { String(#filePath[..<$0.lowerBound]) }
}

/// The map that the binary carries, read once.
enum Shipped {
  static let map = Result { try EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/")) }
}

func readMap(_ texts: String...) throws(KnowledgeError) -> EventMap {
  try EventMap(
    parsing: texts.enumerated().map { ("\(["a", "b", "c"][$0.offset]).yml", Array($0.element.utf8)) })
}

/// What is wrong with a map, as it is printed.
func mistakes(in texts: String...) -> [String] {
  do throws(KnowledgeError) {
    _ = try EventMap(
      parsing: texts.enumerated().map { ("\(["a", "b", "c"][$0.offset]).yml", Array($0.element.utf8)) })
    return []
  } catch {
    return error.diagnostics.map(\.description)
  }
}

/// A condition that is this predicate, and the stages that it names.
func stages(_ predicate: Predicate, _ others: Predicate...) -> [Stage] {
  ([predicate] + others).enumerated().map { index, predicate in
    Stage(
      name: index == 0 ? "condition" : "\(index)", predicate: predicate,
      position: SourcePosition(line: 1, column: 1))
  }
}

func eq(_ field: String, _ value: String) -> Predicate { test(field, .eq, value) }

func test(_ field: String, _ kind: TestKind, _ value: String, _ modifiers: TestModifiers = []) -> Predicate {
  .test(Test(field: field, kind: kind, value: value, modifiers: modifiers))
}

/// One field with any of several values.
func anyOf(_ field: String, _ values: String...) -> Predicate { .any(values.map { eq(field, $0) }) }

extension EventMap {
  /// The events of a rule in short, `Provider/event`, operations with `!`.
  func words(_ logSource: LogSource, _ predicate: Predicate? = nil, _ others: Predicate...) -> [String] {
    var all: [Stage] = []
    if let predicate { all = stages(predicate) }
    for (index, other) in others.enumerated() {
      all.append(
        Stage(
          name: "\(index + 1)", predicate: other, position: SourcePosition(line: 1, column: 1)))
    }
    return events(for: logSource, stages: all).words
  }
}

extension EventResolution {
  var words: [String] { events.map { "\($0.event.provider)/\($0.event.name)\($0.isOperation ? "!" : "")" } }
}

/// `category/product/service`, with `-` for none.
func source(_ text: String) -> LogSource {
  let parts = text.split(separator: "/").map { $0 == "-" ? nil : String($0) }
  return LogSource(category: parts[0], product: parts[1], service: parts[2])
}
