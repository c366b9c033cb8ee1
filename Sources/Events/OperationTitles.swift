import Text

/// The titles of events that have none of their own, by provider.
struct OperationTitles: Sendable {
  /// By name in lower case.
  private var named: [String: String] = [:]
  /// `AWS-{service}`, in the order of the log sources.
  private var patterns: [(pattern: NamePattern, title: String)] = []

  /// - Parameter logSources: if two of them reach a provider, the first counts.
  init(of logSources: [LogSourceEvents]) {
    for source in logSources {
      guard let title = source.operationTitle else { continue }
      for name in source.targets.map(\.provider) + source.pin.providers.compactMap(\.derivation?.name) {
        if let pattern = NamePattern(name), pattern.word != nil {
          patterns.append((pattern, title))
        } else {
          let folded = lowercasedASCII(name)
          named[folded] = named[folded] ?? title
        }
      }
    }
  }

  /// A provider that a log source names takes precedence over one that only matches a pattern.
  func title(of provider: String) -> String? {
    named[lowercasedASCII(provider)] ?? patterns.first { $0.pattern.matches(provider) }?.title
  }
}
