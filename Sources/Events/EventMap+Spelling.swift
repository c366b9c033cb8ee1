import Diagnostics
package import RuleModel
import Text

extension EventMap {
  /// The known log source that an unknown name most likely refers to.
  func nearest(to logSource: LogSource, naming: LogNaming = .logSource) -> LogSource? {
    let key = LogSourceKey(logSource)
    if naming != .logSource {
      guard let written = naming.names(of: logSource).first.map(lowercasedASCII) else { return nil }
      let names = dialectNames.literals(naming: naming).sorted(by: inByteOrder)
      return nearestName(to: written, in: names).map { near in
        let source = dialectNames.source(of: LogSource(service: near), naming: naming)?.source
        let known = source.map { logSources[$0].names.names(as: naming) }
        return LogSource(service: known?.first { lowercasedASCII($0.text) == near }?.text ?? near)
      }
    }
    let parts = [\LogSourceKey.service, \.category, \.product]
    for part in parts {
      guard let written = key[keyPath: part] else { continue }
      // They differ in only this name.
      let others = logSources.filter {
        guard $0.isInTaxonomy else { return false }
        var other = LogSourceKey($0.logSource)
        guard other[keyPath: part] != nil else { return false }
        other[keyPath: part] = written
        return other == key
      }
      let names = others.map { LogSourceKey($0.logSource)[keyPath: part] ?? "" }
      // The taxonomy's general categories end in `_event`: `registry` is `registry_event`, although `registry_set` and
      // others also start with it.
      if let index = names.firstIndex(of: written + "_event") { return others[index].logSource }
      if let near = nearestName(to: written, in: names), let index = names.firstIndex(of: near) {
        return others[index].logSource
      }
      // `file_creation` describes the activity, as titles of events do: `file_event` has "File created".
      let named = others.filter { source in eventTitles(of: source).contains { isLike(written, title: $0) } }
      if named.count == 1 { return named[0].logSource }
    }
    return nil
  }

  private func eventTitles(of source: LogSourceEvents) -> [String] {
    source.targets.compactMap { target in
      guard case .event(let name) = target.extent else { return nil }
      return title(of: Event(provider: target.provider, name: name))
    }
  }

  /// Whether a name of several words resembles a title, up to any "or" in it: "File created or overwritten".
  private func isLike(_ name: String, title: String) -> Bool {
    let words = title.split(separator: " ").prefix { $0 != "or" && $0 != "and" }
    return words.count > 1 && isNear(name, to: words.joined(separator: "_"))
  }

  /// The log source as the map spells it, if a rule's differs only in case; engines compare case-sensitively.
  ///
  /// - Returns: nil if the spelling is the same, or the log source is unknown.
  package func respelled(_ logSource: LogSource) -> LogSource? {
    guard entry(for: logSource) != nil else { return nil }
    var result = logSource
    for part in [\LogSource.category, \.product, \.service] {
      guard let written = logSource[keyPath: part] else { continue }
      let folded = lowercasedASCII(written)
      guard folded != written else { continue }
      let spellings = logSources.lazy.filter(\.isInTaxonomy).compactMap { $0.logSource[keyPath: part] }
        .filter { lowercasedASCII($0) == folded }
      if let known = spellings.first, !spellings.contains(written) { result[keyPath: part] = known }
    }
    return result == logSource ? nil : result
  }
}
