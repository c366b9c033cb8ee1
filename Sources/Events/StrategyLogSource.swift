package import RuleModel
import Text

/// A name that ATT&CK's detection strategies give to a log, in terms of the event map.
///
/// MITRE writes log sources for human readers: a name such as `WinEventLog:Sysmon`, and a channel that may contain
/// event codes, operation names or a sentence. Whatever can be recognised is used; from a sentence, at most the
/// provider is known.
struct StrategyLogSource: Hashable, Sendable {
  /// The writer of the log.
  enum Writer: Hashable, Sendable {
    /// With a `{word}` that the name fills in: `etw:{provider}`.
    case provider(String)
    /// Any provider that writes to this Windows channel and has the event.
    case channel(String)
    /// A log source of the map, whose targets determine the provider of each event.
    case logSource(LogSource)
  }

  /// How the channel's text names the events.
  enum Reading: String, Hashable, Sendable, CaseIterable {
    /// `EventCode=1, 7-11`.
    case codes
    /// The name's `{word}` is the event, if the provider has it: `auditd:{record}`.
    case record
    /// Event names: those that the map has, and single words that match the patterns.
    case names
    /// Nothing can be derived from the text.
    case none
  }

  var name: NamePattern
  var writer: Writer
  var reading = Reading.none
  /// Patterns for event names that the map doesn't have.
  var patterns: [NamePattern] = []
}

/// The meaning of a detection strategy's reference in the event map.
package enum StrategyReference: Hashable, Sendable {
  /// By provider and event, without duplicates, at least one.
  case events([Event])
  /// A provider's log, without an event.
  case provider(String)
  /// A log that isn't in the map.
  case unknown

  /// Its events, `*` for a log without one; none if it isn't in the map.
  package var events: [Event] {
    switch self {
    case .events(let events): events
    case .provider(let provider): [Event(provider: provider, name: "*")]
    case .unknown: []
    }
  }
}

/// A log source that detection strategies name, as far as it is known in the event map.
package struct NamedStrategySource: Sendable {
  /// Where the map's entry for this name leads.
  enum Logs {
    /// At least one.
    case providers([Provider])
    case logSource(LogSourceEvents, first: LogSourceEvents.Target)
  }

  private let entries: [(source: StrategyLogSource, captured: String, logs: Logs)]
  private let map: EventMap

  fileprivate init(_ name: String, in map: EventMap) {
    let name = trimmed(name)
    self.map = map
    entries = map.strategyLogSources.compactMap { source in
      guard let captured = source.name.match(name), let logs = map.logs(of: source, captured: captured) else {
        return nil
      }
      return (source, captured, logs)
    }
  }

  /// The events that a strategy names.
  ///
  /// - Parameter channel: from the same reference (`x_mitre_log_source_references`, `channel`).
  package func events(channel: String) -> StrategyReference {
    var first = StrategyReference.unknown
    var codes = entries.contains { $0.source.reading == .codes } ? EventNames(in: channel).codes : []
    var events: Set<Event> = []
    for entry in entries {
      let reference = reference(entry.source, entry.captured, channel, &codes, in: entry.logs)
      switch reference {
      case .unknown: continue
      // A code that this provider lacks may be that of another one writing to the same log.
      case .events(let found) where entry.source.reading == .codes: events.formUnion(found)
      case .provider where entry.source.reading == .codes: if first == .unknown { first = reference }
      case .events, .provider: if first == .unknown && events.isEmpty { return reference }
      }
      if codes.isEmpty && !events.isEmpty { break }
    }
    return events.isEmpty ? first : .events(events.sorted())
  }

  /// - Parameter codes: the channel's codes that haven't been assigned yet; those that these logs have are removed.
  private func reference(
    _ source: StrategyLogSource, _ captured: String, _ channel: String, _ codes: inout [Int], in logs: Logs
  ) -> StrategyReference {
    switch logs {
    case .providers(let providers): return reference(source, captured, channel, &codes, of: providers)
    case .logSource(let entry, let first):
      func listing(_ name: String) -> String? {
        entry.providers(listing: Alternative.Choice(text: name, isExact: true)).first
          ?? entry.targets.first { map.provider(named: $0.provider)?.event(named: name) != nil }?.provider
      }
      let names =
        source.reading == .names
        ? EventNames(in: channel).names(known: { entry.knowsName($0, map) }, patterns: source.patterns) : []
      let events = names.map { map.known(listing($0) ?? first.provider, $0) }
      return events.isEmpty ? .provider(first.provider) : .events(Set(events).sorted())
    }
  }

  private func reference(
    _ source: StrategyLogSource, _ captured: String, _ channel: String, _ codes: inout [Int], of providers: [Provider]
  ) -> StrategyReference {
    func first(_ name: String) -> Event? {
      providers.lazy.compactMap { provider in
        provider.event(named: name).map { Event(provider: provider.name, name: $0.name) }
      }.first
    }
    let events: [Event]
    switch source.reading {
    case .codes:
      events = codes.compactMap { first(String($0)) }
      codes.removeAll { first(String($0)) != nil }
    case .record: events = first(captured).map { [$0] } ?? []
    case .names:
      let names = EventNames(in: channel).names(known: { first($0) != nil }, patterns: source.patterns)
      events = names.compactMap { name in first(name) ?? providers.first.map { Event(provider: $0.name, name: name) } }
    case .none: events = []
    }
    if !events.isEmpty { return .events(Set(events).sorted()) }
    return providers.count == 1 ? .provider(providers[0].name) : .unknown
  }
}

extension EventMap {
  /// The meaning of a log source that detection strategies name.
  ///
  /// - Parameter name: as given in ATT&CK (`x_mitre_log_source_references`, `name`). Strategies name a hundred log
  ///   sources in thousands of references, so look up each name only once.
  package func strategySource(named name: String) -> NamedStrategySource { NamedStrategySource(name, in: self) }

  fileprivate func logs(of source: StrategyLogSource, captured: String) -> NamedStrategySource.Logs? {
    func filled(_ text: String) -> String {
      source.name.word.map { text.replacing("{\($0)}", with: captured) } ?? text
    }
    switch source.writer {
    case .provider(let name): return provider(named: filled(name)).map { .providers([$0]) }
    case .channel(let channel):
      let writers = providers(writingTo: filled(channel))
      return writers.isEmpty ? nil : .providers(writers)
    case .logSource(let logSource):
      guard let entry = entry(for: logSource), let first = entry.targets.first else { return nil }
      return .logSource(entry, first: first)
    }
  }

  /// The providers of a Windows channel, given by its name, by the part before its `/`, or by the provider's own name.
  private func providers(writingTo channel: String) -> [Provider] {
    let wanted = lowercasedASCII(channel)
    return providers.filter { provider in
      lowercasedASCII(provider.name) == wanted
        || provider.channels.contains { name in
          let name = lowercasedASCII(name)
          return name == wanted || name.hasPrefix(wanted + "/")
        }
    }
  }
}

extension LogSourceEvents {
  /// Whether a name in text written by people is one of its events: because its lists or its providers have it, or as a
  /// single word that matches one of its patterns for a provider in the map. A pattern on its own would match too much:
  /// sentences, and any two words with a dot between them.
  fileprivate func knowsName(_ name: String, _ map: EventMap) -> Bool {
    let isListed = targets.contains { target in
      if case .pinned(let names) = target.extent, names.lists(name) { return true }
      return map.provider(named: target.provider)?.event(named: name) != nil
    }
    if isListed || name.contains(" ") { return isListed }
    return providers(listing: Alternative.Choice(text: name, isExact: true)).contains { map.provider(named: $0) != nil }
  }
}

/// The event names in text written by people.
private struct EventNames {
  private let text: String

  init(in text: String) { self.text = text }

  /// The numbers after `EventCode=`, without duplicates, in order; a range yields all of its numbers.
  var codes: [Int] {
    var codes: [Int] = []
    // The text before the first one isn't a list of codes.
    for part in (" " + text).split(separator: "EventCode=").dropFirst() {
      let list = part.prefix { $0.isASCII && ($0.isNumber || $0 == "," || $0 == " " || $0 == "-") }
      for item in list.split(separator: ",") {
        let ends = item.split(separator: "-").compactMap { Int(trimmed(String($0))) }
        guard let low = ends.first, let high = ends.last, low <= high, high - low < 1000 else { continue }
        codes += (low...high).filter { !codes.contains($0) }
      }
    }
    return codes
  }

  /// Known phrases, and known single words of phrases; also phrases of one word that match a pattern, up to the start
  /// of an explanation (`AssumeRole: calls by …`).
  func names(known: (String) -> Bool, patterns: [NamePattern]) -> [String] {
    var names: [String] = []
    func add(_ name: String) { if !names.contains(name) { names.append(name) } }
    let bytes = text.utf8
    let explanation = bytes.indices.first { bytes[$0...].starts(with: ": ".utf8) } ?? text.endIndex
    let head = text[..<explanation]
    for part in [(head, true), (text[head.endIndex...], false)] {
      for phrase in phrases(of: part.0) {
        let words = phrase.split(separator: " ").map(String.init)
        if known(phrase) {
          add(phrase)
        } else if words.count > 1 {
          // In this order, since querying the map is expensive.
          for word in words where looksLikeName(word) && known(word) { add(word) }
        } else if part.1, patterns.contains(where: { $0.matches(phrase) }), !phrase.contains("*") {
          add(phrase)
        }
      }
    }
    return names
  }

  /// A word in a sentence is a name only if it can't be an ordinary word.
  private func looksLikeName(_ word: String) -> Bool {
    word.dropFirst().contains { $0.isUppercase || $0 == "_" || $0 == "." || $0 == "-" }
  }

  /// The text between separators and conjunctions, with its words separated by single spaces. Both are ASCII, so
  /// working on bytes is safe.
  private func phrases(of part: Substring) -> [String] {
    part.utf8.split { ",;|/()[]\"':+".utf8.contains($0) }.flatMap { piece in
      piece.split { $0 <= UInt8(ascii: " ") }.map { Substring($0) }
        .split { ["or", "OR", "and"].contains($0) }.map { $0.joined(separator: " ") }
    }
  }
}

/// Without leading and trailing white space, which some of MITRE's names have.
private func trimmed(_ text: String) -> String {
  var text = text[...]
  while text.last?.isWhitespace == true { text.removeLast() }
  return String(text.drop(while: \.isWhitespace))
}
