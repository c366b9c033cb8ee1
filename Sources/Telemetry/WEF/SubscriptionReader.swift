import Diagnostics
import Events
import XML

/// Reads subscriptions of Windows Event Forwarding, and bare query lists.
struct SubscriptionReader {
  let path: String
  let map: EventMap
  var diagnostics: [Diagnostic] = []

  init(path: String, map: EventMap) {
    self.path = path
    self.map = map
  }

  mutating func read(_ bytes: [UInt8]) -> [SubscriptionQuery] {
    guard let root = root(ofXML: bytes, path: path, into: &diagnostics) else { return [] }
    switch root.name {
    case "QueryList": return queries(of: root)
    case "Subscription":
      // XML Schema's booleans.
      if let enabled = root.elements.first(where: { $0.name == "Enabled" }),
        ["false", "0"].contains(enabled.trimmed.lowercased())
      {
        return []
      }
      guard let query = root.elements.first(where: { $0.name == "Query" }) else {
        report(.wefSubscription, at: root.position, "the subscription has no 'Query'; add the list of its queries")
        return []
      }
      return embedded(in: query)
    default:
      report(
        .wefSubscription, at: root.position,
        "the root element is '\(root.name)'; a subscription has 'Subscription', a query list 'QueryList'")
      return []
    }
  }

  /// The query list that stands as text in a subscription, or as elements.
  private mutating func embedded(in query: XMLElement) -> [SubscriptionQuery] {
    if let list = query.elements.first(where: { $0.name == "QueryList" }) { return queries(of: list) }
    // Empty lines before the list move its places to where they stand in this file.
    let start = query.textPosition
    let lines = String(repeating: "\n", count: max(0, Int(start.line) - 1))
    let columns = String(repeating: " ", count: max(0, Int(start.column) - 1))
    guard let list = root(ofXML: Array((lines + columns + query.text).utf8), path: path, into: &diagnostics) else {
      return []
    }
    guard list.name == "QueryList" else {
      report(.wefSubscription, at: list.position, "the query is '\(list.name)'; write a 'QueryList'")
      return []
    }
    return queries(of: list)
  }

  private mutating func queries(of list: XMLElement) -> [SubscriptionQuery] {
    var result: [SubscriptionQuery] = []
    for element in list.elements {
      guard element.name == "Query" else {
        report(.wefSubscription, at: element.position, "a query list holds 'Query' elements, not '\(element.name)'")
        continue
      }
      var query = SubscriptionQuery(selects: [], suppresses: [])
      for part in element.elements {
        switch part.name {
        case "Select": query.selects += self.part(part, of: element).map { [$0] } ?? []
        case "Suppress": query.suppresses += self.part(part, of: element).map { [$0] } ?? []
        default:
          report(
            .wefSubscription, at: part.position, "a 'Query' holds 'Select' and 'Suppress', not '\(part.name)'")
        }
      }
      result.append(query)
    }
    if result.isEmpty {
      report(.wefSubscription, at: list.position, "the query list is empty; add a 'Query' with a 'Select'")
    }
    return result
  }

  private mutating func part(_ element: XMLElement, of query: XMLElement) -> SubscriptionQuery.Part? {
    guard let channel = element.value(of: "Path") ?? query.value(of: "Path"), !channel.isEmpty else {
      report(.wefSubscription, at: element.position, "'\(element.name)' has no 'Path'; name the channel that it reads")
      return nil
    }
    let text = element.text
    var parser = EventQueryParser(text)
    do throws(EventQueryError) {
      let parsed = try parser.parse()
      for offset in parser.capitals {
        diagnostics.append(
          Diagnostic(
            .wefQuery, at: place(of: offset, in: element), severity: .warning,
            "XPath has 'and' and 'or' in small letters only, and Windows may refuse this; write it so"))
      }
      let part = SubscriptionQuery.Part(
        channel: channel, query: parsed, text: "\(element.name) \(channel): \(element.trimmed)",
        location: SourceLocation(path: path, position: element.position), map: map)
      tellChannel(of: part)
      tellDoubts(of: part, in: element)
      return part
    } catch {
      report(.wefQuery, at: element.position(ofTextByte: error.offset), error.message)
      return nil
    }
  }

  func place(of offset: Int, in element: XMLElement) -> SourceLocation {
    SourceLocation(path: path, position: element.position(ofTextByte: offset))
  }

  /// Tells of a channel that nobody is known to write to, or that a provider which the query names isn't.
  private mutating func tellChannel(of part: SubscriptionQuery.Part) {
    let channels = map.providers.flatMap(\.channels)
    let isKnown = channels.contains { lowercasedASCII($0) == part.channelKey }
    let named = map.providers.filter { part.providers.contains(lowercasedASCII($0.name)) && !$0.channels.isEmpty }
    let others = named.filter { provider in !provider.channels.contains { lowercasedASCII($0) == part.channelKey } }
    let near = isKnown ? nil : nearestName(to: part.channel, in: channels).map { "did you mean '\($0)'?" }
    if !isKnown, named.isEmpty, part.providers.isEmpty || near != nil {
      note(
        .telemetryChannel, at: part.location,
        "the event map knows no provider that writes to '\(part.channel.shortened)'; "
          + (near ?? "name it in an event map of your own"))
    }
    for provider in others {
      let known = provider.channels.map { "'\($0)'" }.joined(separator: ", ")
      note(
        .telemetryChannel, at: part.location,
        "the event map has '\(provider.name)' write to \(known), and whether it writes to '\(part.channel.shortened)' can't be told; "
          + (nearestName(to: part.channel, in: provider.channels).map { "did you mean '\($0)'?" }
            ?? "correct the channel, or add it to an event map of your own"))
    }
  }

  mutating func note(_ id: DiagnosticID, at location: SourceLocation, _ message: String) {
    diagnostics.append(Diagnostic(id, at: location, severity: .note, message))
  }

  private mutating func report(_ id: DiagnosticID, at position: SourcePosition, _ message: String) {
    diagnostics.append(Diagnostic(id, at: SourceLocation(path: path, position: position), message))
  }
}
