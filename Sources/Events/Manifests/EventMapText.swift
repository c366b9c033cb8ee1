import Documents

/// The `providers` part of an event map as a file, which can be read back.
///
/// - Parameter providers: in the order to be written.
func eventMapText(of providers: [Provider]) -> String {
  var text = """
    # Made by 'ruledex events import'. Name this file under 'events' in ruledex.yml.
    # Rules reach these events when a log source names their provider; to add one that the event map doesn't know:
    #
    # logsources:
    #   - {product: windows, service: NAME, pin: windows, events: [{provider: PROVIDER}]}

    """
  text += providers.isEmpty ? "providers: {}\n" : "providers:\n"
  for provider in providers {
    text += "  \(yamlScalar(withoutControls(provider.name))):\n"
    if !provider.channels.isEmpty { text += "    channels: \(list(provider.channels))\n" }
    if !provider.requirements.isEmpty {
      text += "    requires:\n"
      for requirement in provider.requirements { text += "      - \(line(requirement))\n" }
    }
    text += provider.events.isEmpty ? "    events: {}\n" : "    events:\n"
    for event in provider.events { text += "      \(yamlScalar(withoutControls(event.name))): \(line(event))\n" }
  }
  return text
}

private func line(_ requirement: Requirement) -> String {
  var parts = ["\(requirement.kind.rawValue): \(yamlScalar(withoutControls(requirement.text)))"]
  if !requirement.events.isEmpty { parts.append("events: \(list(requirement.events.map(\.text)))") }
  if !requirement.fields.isEmpty { parts.append("fields: \(list(requirement.fields))") }
  return "{\(parts.joined(separator: ", "))}"
}

private func line(_ event: EventDescription) -> String {
  var parts: [String] = []
  if let title = event.title { parts.append("title: \(yamlScalar(withoutControls(title)))") }
  if !event.aliases.isEmpty { parts.append("aliases: \(list(event.aliases))") }
  if !event.fields.isEmpty { parts.append("fields: \(list(event.fields))") }
  return "{\(parts.joined(separator: ", "))}"
}

private func list(_ texts: [String]) -> String {
  "[\(texts.map { yamlScalar(withoutControls($0)) }.joined(separator: ", "))]"
}

/// Replaces control and format characters with U+FFFD: an event map doesn't accept them, not even escaped.
func withoutControls(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    let category = scalar.properties.generalCategory
    result.append(category == .control || category == .format ? "\u{FFFD}" : scalar)
  }
  return String(result)
}
