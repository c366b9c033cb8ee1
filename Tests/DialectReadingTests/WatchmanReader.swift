import Diagnostics
import DialectReading
import RuleModel

extension Dialect {
  static let watchman = Dialect("watchman", label: "Watchman")
}

/// A made-up dialect of lines, each a word and its value, whose files end in `.watch`. `see zone in vaults.list` takes values from a file
/// beside it, one a line; `see zone in @vaults` those of `group vaults`, which any file can define.
extension DialectReader {
  static func watchman(version: Int = 1) -> DialectReader {
    DialectReader(
      .watchman, extensions: ["watch"], companionExtensions: ["list"], version: version, format: "Watchman",
      recognises: { $0.text.starts(with: "rule ".utf8) },
      companions: CompanionReader(
        definitions: { groups(in: $0) }, definesNothing: { text, _ in text.starts(with: "rule Plain".utf8) }),
      read: { document, context in
        var reader = WatchmanReader(document, context)
        return reader.read(version: version)
      },
      colouring: { text, first, _ in
        BodyLine.lines(of: text).enumerated().map { line(String($1), number: first + $0) }
      })
  }

  private static func groups(in document: SourceDocument) -> [Companion] {
    var groups: [Companion] = []
    for (index, line) in String(decoding: document.text, as: UTF8.self).split(separator: "\n").enumerated() {
      if line.hasPrefix("group ") {
        groups.append(
          Companion(.group, String(line.dropFirst(6)), at: SourcePosition(line: index + 1, column: 1)))
      } else if !groups.isEmpty {
        groups[groups.count - 1].values["members", default: []].append(String(line))
      }
    }
    return groups
  }

  private static func line(_ text: String, number: Int) -> BodyLine {
    guard !text.hasPrefix("#") else { return BodyLine(number: number, comment: text) }
    let word = text.prefix { $0 != " " && $0 != "\n" }
    return BodyLine(
      number: number, key: String(word), keyKind: word == "see" ? .definition : .key,
      rest: String(text.dropFirst(word.count)))
  }
}

extension Companion.Kind {
  static let group = Companion.Kind(.watchman, "group")
}

private struct WatchmanReader {
  let document: SourceDocument
  let context: DialectContext
  var rule: RuleDraft
  var tests: [Predicate] = []

  init(_ document: SourceDocument, _ context: DialectContext) {
    self.document = document
    self.context = context
    let source = RuleSource(in: document.file)
    rule = RuleDraft(
      key: RuleKey(dialect: .watchman, slug: RuleKey.slug(ofStem: source.stem)), title: "", source: source)
  }

  mutating func read(version: Int) -> Reading {
    let lines = String(decoding: document.text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let word = String(line.prefix { $0 != " " })
      let value = String(line.dropFirst(word.utf8.count + 1))
      read(word, value, at: SourcePosition(line: index + 1, column: word.utf8.count + 2))
    }
    if version > 1 { rule.title += " (\(version))" }
    rule.stages = [
      Stage(
        name: "condition", text: "all", predicate: .all(tests),
        position: SourcePosition(line: 1, column: 1))
    ]
    return Reading(content: .rules, rules: [rule])
  }

  private mutating func read(_ word: String, _ value: String, at position: SourcePosition) {
    switch word {
    case "rule": rule.title = value
    case "level": rule.level = Level(rawValue: value)
    case "technique": rule.attackTags.append(AttackTag(value, at: SourceSpan(position)))
    case "log":
      rule.logSources = [LogSource(product: value)]
    case "see":
      let parts = value.split(separator: " ").map(String.init)
      let values = parts[1] == "in" ? self.values(in: parts[2]) : [parts[1]]
      tests.append(
        .any(values.map { .test(Test(field: parts[0], kind: .eq, value: $0, position: position)) }))
    default:
      rule.findings.append(
        Diagnostic(
          .ruleField, at: SourceLocation(document.file, at: SourcePosition(line: Int(position.line), column: 1)),
          "the word '\(word)' isn't read; remove it"))
    }
  }

  private func values(in path: String) -> [String] {
    if path.hasPrefix("@") {
      return context.companion(.group, named: String(path.dropFirst()))?.companion.values["members"] ?? []
    }
    guard let file = context.companion(at: path) else { return [] }
    return String(decoding: file.bytes ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
