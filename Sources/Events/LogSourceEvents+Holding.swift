package import RuleModel
import Text

extension LogSourceEvents {
  /// Whether the log source holds an event that a rule reaches, where `*` is any event of its provider.
  package func holds(_ event: Event, in map: EventMap) -> Bool {
    targets.contains { target in
      guard isNamed(event.provider, by: target.provider) else { return false }
      switch target.extent {
      case .any: return true
      case .event(let name): return event.isAny || map.known(target.provider, event.name).name == name
      case .pinned(let names): return event.isAny || names.contains(event.name)
      }
    } || derives(provider: event.provider)
  }

  /// Whether the provider is one of its own, or of those that it derives from a pattern.
  func makes(provider name: String) -> Bool {
    targets.contains { isNamed(name, by: $0.provider) } || derives(provider: name)
  }

  /// Whether the provider's name can be derived from a field's value.
  private func derives(provider: String) -> Bool {
    pin.providers.contains { form in form.derivation.map { isNamed(provider, by: $0.name) } ?? false }
  }

  /// - Parameter pattern: a name, with `{word}` in place of a part that is taken from elsewhere.
  private func isNamed(_ name: String, by pattern: String) -> Bool {
    guard let pattern = NamePattern(pattern), pattern.word != nil else {
      return lowercasedASCII(name) == lowercasedASCII(pattern)
    }
    return pattern.matches(name)
  }
}
