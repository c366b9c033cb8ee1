import RuleModel
import Text

/// Finds the log source of the map for a name in a dialect.
struct DialectNameIndex: Sendable {
  private struct Name: Hashable {
    var naming: LogNaming
    var category: String?
    var text: String
  }

  /// A log source of the map that a name means.
  struct Found {
    var source: Int
    /// The events that the name itself names: `1` in `Sysmon EventID 1`.
    var events: [String] = []
  }

  /// The word in a pattern that stands for an event.
  static let eventWord = "event"

  /// A naming, and the first byte of names.
  private struct Start: Hashable {
    var naming: LogNaming
    var byte: UInt8
  }

  private var literals: [Name: Int] = [:]
  /// The names without a star by their start, so that a pattern isn't compared with all.
  private var literalsByStart: [Start: [Name]] = [:]
  /// In order of precedence.
  private var patterns: [LogNaming: [(category: String?, pattern: NamePattern, source: Int)]] = [:]

  /// Adds the names of a log source, which take precedence over those added earlier.
  mutating func add(_ names: DialectNames, source: Int) {
    let category = names.eventCategory.map(lowercasedASCII)
    if names.names.isEmpty, category != nil {
      for naming in LogNaming.allCases { set(Name(naming: naming, category: category, text: ""), source) }
    }
    for naming in LogNaming.allCases {
      let category = naming.hasCategories ? category : nil
      for pattern in names.names(as: naming).reversed().flatMap(naming.spellings) {
        if pattern.isLiteral {
          set(Name(naming: naming, category: category, text: lowercasedASCII(pattern.text)), source)
        } else {
          patterns[naming, default: []].insert((category, pattern, source), at: 0)
        }
      }
    }
  }

  private mutating func set(_ name: Name, _ source: Int) {
    if literals.updateValue(source, forKey: name) == nil, let byte = name.text.utf8.first {
      literalsByStart[Start(naming: name.naming, byte: byte), default: []].append(name)
    }
  }

  /// The names without a star that may match a pattern.
  private func literals(like pattern: String, _ naming: LogNaming) -> [Name] {
    guard let byte = pattern.utf8.first.map(lowercasedASCII), byte != UInt8(ascii: "*"), byte != UInt8(ascii: "?")
    else {
      return literals.keys.filter { $0.naming == naming && !$0.text.isEmpty }
    }
    return literalsByStart[Start(naming: naming, byte: byte)] ?? []
  }

  /// The source for a rule's log source. An entry for a category takes precedence over one for any, and a name over a
  /// pattern.
  func source(of logSource: LogSource, naming: LogNaming) -> Found? {
    guard naming != .logSource, !logSource.isEmpty else { return nil }
    let names = naming.names(of: logSource)
    let texts = names.isEmpty ? [""] : names
    let categories = logSource.category.map { [lowercasedASCII($0), nil] } ?? [nil]
    for category in categories {
      for text in texts {
        let name = Name(naming: naming, category: category, text: lowercasedASCII(text))
        if let found = literals[name] { return Found(source: found) }
      }
      for text in texts {
        for entry in patterns[naming] ?? [] where entry.category == category {
          guard let part = entry.pattern.part(of: text) else { continue }
          return Found(
            source: entry.source, events: entry.pattern.word == Self.eventWord ? eventNames(in: part) : [])
        }
      }
    }
    return nil
  }

  /// The sources that have a name without a star that a rule's pattern matches: of its first pattern that matches any.
  /// If there are none, the source for the pattern without its leading stars. Entries for the rule's category take
  /// precedence over those for any.
  func sources(matching logSource: LogSource, naming: LogNaming) -> [Int] {
    let names = naming.names(of: logSource).filter { name in
      name.utf8.contains(UInt8(ascii: "*")) && name.utf8.contains { $0 != UInt8(ascii: "*") }
    }
    let category = naming.hasCategories ? logSource.category.map(lowercasedASCII) : nil
    for name in names {
      let pattern = NamePattern(glob: name)
      let found = literals(like: name, naming).filter { pattern.matches($0.text) }
      for wanted in category == nil ? [nil] : [category, nil] {
        let sources = Set(found.lazy.filter { $0.category == wanted }.compactMap { literals[$0] })
        if !sources.isEmpty { return sources.sorted() }
      }
    }
    for name in names where name.hasPrefix("*") {
      let rest = LogSource(category: logSource.category, service: String(name.drop { $0 == "*" }))
      if let found = source(of: rest, naming: naming), found.events.isEmpty { return [found.source] }
    }
    return []
  }

  /// Whether one of its patterns matches any name.
  func matchesAny(naming: LogNaming) -> Bool {
    patterns[naming]?.contains { $0.category == nil && $0.pattern.text == "*" } ?? false
  }

  /// All names without a star, in no order.
  func literals(naming: LogNaming) -> [String] { literals.keys.lazy.filter { $0.naming == naming }.map(\.text) }

  /// `8004,8005` are two events; other names may have commas.
  private func eventNames(in text: String) -> [String] {
    let parts = text.split { $0 == "," || $0 == " " }.map(String.init)
    return parts.allSatisfy { Int($0) != nil } ? parts : [text]
  }
}
