import Diagnostics
import XML

/// Reads Windows instrumentation manifests, as written by vendors and exported by tools.
///
/// - SeeAlso: Microsoft, “Writing an Instrumentation Manifest” and “EventManifest Schema”.
struct InstrumentationManifest {
  private let strings: [String: String]
  private(set) var providers: [ManifestProvider] = []
  private(set) var faults: ManifestFaults

  /// - Parameter root: `instrumentationManifest`, or an `assembly` that contains `instrumentation`.
  init(_ root: XMLElement, path: String) {
    faults = ManifestFaults(path: path)
    // Performance counters have providers too, but of another kind.
    let found = root.descendants(named: "instrumentation").flatMap { $0.parts("events") }
      .filter { $0.name == "provider" }
    let resources = root.descendants(named: "resources")
    // English if there are several languages, to match our own titles.
    let english = resources.filter { $0.value(of: "culture")?.lowercased().hasPrefix("en") == true }
    strings =
      (english.first ?? resources.first)?.descendants(named: "string").reduce(into: [:]) { strings, string in
        if let id = string.value(of: "id") { strings[id] = string.value(of: "value") ?? "" }
      } ?? [:]
    for provider in found {
      guard let name = provider.value(of: "name"), !name.isEmpty else {
        faults.add("the provider has no name; add the attribute 'name'", at: provider.position)
        continue
      }
      providers.append(read(provider, name: name))
    }
    if found.isEmpty { faults.add("the manifest has no provider; give one that describes events", at: root.position) }
  }

  private mutating func read(_ element: XMLElement, name: String) -> ManifestProvider {
    var provider = ManifestProvider(name: name)
    // Events refer to a channel by its chid, which defaults to its name.
    var channels: [String: String] = [:]
    for channel in element.parts("channels") where ["channel", "importChannel"].contains(channel.name) {
      guard let name = channel.value(of: "name") else {
        faults.add("the channel has no name; add the attribute 'name'", at: channel.position)
        continue
      }
      channels[channel.value(of: "chid") ?? name] = name
      channels[name] = channels[name] ?? name
      // Imported channels are defined elsewhere; the others are off unless the manifest enables them.
      if channel.name == "channel", !["true", "1"].contains(channel.value(of: "enabled")) {
        provider.quietChannels.insert(name)
      }
    }
    let templates = element.parts("templates").reduce(into: [String: [String]]()) { templates, template in
      if let id = template.value(of: "tid") { templates[id] = fieldNames(in: template) }
    }
    let tasks = words(of: element.parts("tasks"))
    let opcodes = words(
      of: element.parts("opcodes") + element.parts("tasks").flatMap { $0.parts("opcodes") })

    for event in element.parts("events") where event.name == "event" {
      guard let id = eventID(event) else { continue }
      let version = event.value(of: "version").flatMap { Int($0) } ?? 0
      var read = ManifestEvent(id: id, version: version, fields: [])
      if let name = event.value(of: "template") {
        if let fields = templates[name] {
          read.fields = fields
        } else {
          faults.add(
            "event \(id) names the template '\(name)', which the provider lacks; its fields are left out",
            at: event.position, severity: .warning)
        }
      }
      if let name = event.value(of: "channel") {
        read.channel = channels[name]
        if read.channel == nil {
          faults.add(
            "event \(id) names the channel '\(name)', which the provider lacks; it is left out", at: event.position,
            severity: .warning)
        }
      }
      read.title = title(of: event, read.fields, tasks, opcodes)
      provider.events.append(read)
    }
    return provider
  }

  private mutating func eventID(_ event: XMLElement) -> Int? {
    guard let value = event.value(of: "value") else {
      faults.add("the event has no number; add the attribute 'value'", at: event.position)
      return nil
    }
    guard let id = parseEventID(value) else {
      let place = event.attributes.first { $0.name == "value" }?.position ?? event.position
      faults.add("'\(value)' isn't a valid event number; write one from 0 to 65535", at: place)
      return nil
    }
    return id
  }

  /// The event's message, or else its task and opcode, or else its symbol.
  private func title(
    of event: XMLElement, _ fields: [String], _ tasks: [String: String], _ opcodes: [String: String]
  ) -> String? {
    if let title = event.value(of: "message").flatMap(resolved)?.title(fields: fields) { return title }
    if let task = event.value(of: "task"), let words = tasks[task] ?? plain(task) {
      guard let opcode = event.value(of: "opcode"), opcode != "win:Info" else { return words }
      return "\(words): \(opcodes[opcode] ?? plain(opcode) ?? opcode)"
    }
    return event.value(of: "symbol").flatMap { plain($0) }
  }

  private func words(of elements: [XMLElement]) -> [String: String] {
    elements.reduce(into: [:]) { words, element in
      guard let name = element.value(of: "name") else { return }
      words[name] = element.value(of: "message").flatMap(resolved)?.title(fields: [])
    }
  }

  /// A name as words, without the prefix that Windows' own names have.
  private func plain(_ name: String) -> String? {
    let own = name.hasPrefix("win:") ? String(name.dropFirst(4)) : name
    let words = own.split { $0 == "_" || $0.isWhitespace }.joined(separator: " ")
    return words.isEmpty ? nil : words
  }

  /// Resolves `$(string.ID)` through the string table; other text is unchanged, and other references yield nil.
  private func resolved(_ message: String) -> ManifestMessage? {
    guard message.hasPrefix("$("), message.hasSuffix(")") else { return ManifestMessage(text: message) }
    guard message.hasPrefix("$(string.") else { return nil }
    return strings[String(message.dropFirst("$(string.".count).dropLast())].map(ManifestMessage.init)
  }
}

/// The names of a template's fields, without duplicates; a structure's fields are listed individually.
func fieldNames(in template: XMLElement) -> [String] {
  var names: [String] = []
  for data in template.descendants(named: "data") {
    if let name = data.value(of: "name"), !name.isEmpty, !names.contains(name) { names.append(name) }
  }
  return names
}

/// The number of an event, decimal or as `0xD001`; nil if it doesn't fit in 16 bits.
func parseEventID(_ text: String) -> Int? {
  let number = text.lowercased().hasPrefix("0x") ? UInt16(text.dropFirst(2), radix: 16) : UInt16(text)
  return number.map { Int($0) }
}

extension XMLElement {
  /// The children of this element's children that have a name.
  func parts(_ name: String) -> [XMLElement] { elements.filter { $0.name == name }.flatMap(\.elements) }

  /// The elements with a name at any depth, in document order.
  func descendants(named name: String) -> [XMLElement] {
    elements.flatMap { ($0.name == name ? [$0] : []) + $0.descendants(named: name) }
  }

  /// The text of this element's first child with a name; nil if there is none or it is empty.
  func text(of name: String) -> String? {
    let text = elements.first { $0.name == name }?.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return text?.isEmpty == false ? text : nil
  }
}
