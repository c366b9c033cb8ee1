import Diagnostics
import Events
import QueryLanguages
import Text
import XML

/// Reads subscriptions of Windows Event Forwarding, and bare query lists.
struct SubscriptionReader {
  let file: SourceFile
  let map: EventMap
  var diagnostics: [Diagnostic] = []

  init(file: SourceFile, map: EventMap) {
    self.file = file
    self.map = map
  }

  /// - Returns: nil if the file isn't a subscription, or can't be read as one. For a part that isn't understood, it is
  ///   left open what it selects.
  mutating func read(_ bytes: [UInt8]) -> [SubscriptionQuery]? {
    guard let root = root(ofXML: bytes, of: file, into: &diagnostics) else { return nil }
    switch root.name {
    case "QueryList": return queries(of: root)
    case "Subscription":
      let enabled = root.elements.first { $0.name == "Enabled" }
      // The false values of XML Schema's boolean.
      if let enabled, ["false", "0"].contains(enabled.trimmed.lowercased()) { return [] }
      guard let query = root.elements.first(where: { $0.name == "Query" }) else {
        report(.wefSubscription, at: root.position, "the subscription has no 'Query'; add the list of its queries")
        return nil
      }
      guard var queries = embedded(in: query) else { return nil }
      if let enabled, !["true", "1"].contains(enabled.trimmed.lowercased()) {
        warn(
          .wefSubscription, at: enabled.position,
          "'Enabled' can't be '\(enabled.trimmed.shortened)'; it is 'true' or 'false'")
        for index in queries.indices { queries[index].suppresses.append(unclear(enabled, path: nil)) }
      }
      return queries
    default:
      report(
        .wefSubscription, at: root.position,
        "the root element is '\(root.name.shortened)'; a subscription has 'Subscription', a query list 'QueryList'")
      return nil
    }
  }

  /// The query list inside a subscription, as text or as elements.
  private mutating func embedded(in query: XMLElement) -> [SubscriptionQuery]? {
    if let list = query.elements.first(where: { $0.name == "QueryList" }) { return queries(of: list) }
    // Adds the empty lines before the list, so that its positions are those in this file.
    let start = query.textPosition
    let lines = String(repeating: "\n", count: max(0, Int(start.line) - 1))
    let columns = String(repeating: " ", count: max(0, Int(start.column) - 1))
    guard let list = root(ofXML: Array((lines + columns + query.text).utf8), of: file, into: &diagnostics) else {
      return nil
    }
    guard list.name == "QueryList" else {
      report(.wefSubscription, at: list.position, "the query is '\(list.name.shortened)'; write a 'QueryList'")
      return nil
    }
    return queries(of: list)
  }

  private mutating func queries(of list: XMLElement) -> [SubscriptionQuery] {
    if list.elements.isEmpty {
      warn(
        .wefSubscription, at: list.position,
        "the query list is empty and selects nothing; add a 'Query' with a 'Select'")
    }
    return list.elements.map { element in
      guard element.name == "Query" else {
        warn(
          .wefSubscription, at: element.position,
          "a query list holds 'Query' elements, not '\(element.name.shortened)'; correct the name")
        return SubscriptionQuery(selects: [unclear(element, path: element.value(of: "Path"))], suppresses: [])
      }
      return query(element)
    }
  }

  private mutating func query(_ element: XMLElement) -> SubscriptionQuery {
    var query = SubscriptionQuery(selects: [], suppresses: [])
    for part in element.elements {
      switch part.name {
      case "Select": query.selects.append(self.part(part, of: element))
      case "Suppress": query.suppresses.append(self.part(part, of: element))
      default:
        warn(
          .wefSubscription, at: part.position,
          "a 'Query' holds 'Select' and 'Suppress', not '\(part.name.shortened)'; correct the name")
        let unclear = unclear(part, path: part.value(of: "Path") ?? element.value(of: "Path"))
        query.selects.append(unclear)
        query.suppresses.append(unclear)
      }
    }
    if query.selects.isEmpty {
      warn(.wefSubscription, at: element.position, "the 'Query' has no 'Select' and selects nothing; add one")
    }
    return query
  }

  private mutating func part(_ element: XMLElement, of query: XMLElement) -> SubscriptionQuery.Part {
    let channel = element.value(of: "Path") ?? query.value(of: "Path") ?? ""
    if channel.isEmpty {
      warn(.wefSubscription, at: element.position, "'\(element.name)' has no 'Path'; name the channel that it reads")
    }
    var parser = EventQueryParser(element.text)
    var parsed = EventQuery.unclear(element.trimmed)
    do throws(EventQueryError) {
      parsed = try parser.parse()
    } catch {
      warn(.wefQuery, at: element.span(ofTextBytes: error.span), error.message)
    }
    for fault in parser.faults { warn(.wefQuery, at: element.span(ofTextBytes: fault.span), fault.message) }
    for word in parser.capitals {
      warn(
        .wefQuery, at: element.span(ofTextBytes: word),
        "XPath has 'and' and 'or' in lower case only, and Windows may refuse this; write it so")
    }
    let part = part(parsed, of: element, channel: channel)
    if !channel.isEmpty {
      reportChannel(of: part, at: element.position)
      reportDoubts(of: part, in: element)
    }
    return part
  }

  private func part(_ query: EventQuery, of element: XMLElement, channel: String) -> SubscriptionQuery.Part {
    SubscriptionQuery.Part(
      channel: channel, query: query, text: "\(element.name) \(channel): \(element.trimmed)".inOneLine,
      location: SourceLocation(file, at: element.position), map: map)
  }

  /// Replaces an element that isn't understood, since it may select anything from its channel.
  private func unclear(_ element: XMLElement, path: String?) -> SubscriptionQuery.Part {
    part(.unclear(element.name.shortened), of: element, channel: path ?? "")
  }

  /// Reports a channel to which no known provider writes, or to which a provider that the query names doesn't.
  private mutating func reportChannel(of part: SubscriptionQuery.Part, at position: SourcePosition) {
    let channels = map.providers.flatMap(\.channels)
    let isKnown = channels.contains { lowercasedASCII($0) == part.channelKey }
    let named = map.providers.filter { part.providers.contains(lowercasedASCII($0.name)) && !$0.channels.isEmpty }
    let others = named.filter { provider in !provider.channels.contains { lowercasedASCII($0) == part.channelKey } }
    let near = isKnown ? nil : nearestName(to: part.channel, in: channels).map { "did you mean '\($0)'?" }
    if !isKnown, named.isEmpty, part.providers.isEmpty || near != nil {
      note(
        .telemetryChannel, at: position,
        "the event map has no provider that writes to '\(part.channel.shortened)'; "
          + (near ?? "name it in an event map of your own"))
    }
    for provider in others {
      let known = provider.channels.map { "'\($0)'" }.joined(separator: ", ")
      note(
        .telemetryChannel, at: position,
        "the event map has '\(provider.name)' write to \(known), and it isn't known whether it writes to '\(part.channel.shortened)'; "
          + (nearestName(to: part.channel, in: provider.channels).map { "did you mean '\($0)'?" }
            ?? "correct the channel, or add it to an event map of your own"))
    }
  }

  mutating func note(_ id: CheckID, at position: SourcePosition, _ message: String) {
    diagnostics.append(Diagnostic(id, at: SourceLocation(file, at: position), severity: .note, message))
  }

  mutating func warn(_ id: CheckID, at position: SourcePosition, _ message: String) {
    warn(id, at: SourceSpan(position), message)
  }

  mutating func warn(_ id: CheckID, at span: SourceSpan, _ message: String) {
    diagnostics.append(Diagnostic(id, at: SourceLocation(file, at: span), severity: .warning, message))
  }

  private mutating func report(_ id: CheckID, at position: SourcePosition, _ message: String) {
    diagnostics.append(Diagnostic(id, at: SourceLocation(file, at: position), message))
  }
}
