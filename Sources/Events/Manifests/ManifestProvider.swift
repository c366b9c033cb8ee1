import Diagnostics

/// What a manifest says about a provider.
struct ManifestProvider {
  var name: String
  /// Channels that are off by default.
  var quietChannels: Set<String> = []
  var events: [ManifestEvent] = []
}

/// One version of an event.
struct ManifestEvent {
  /// As in records: 16 bits.
  var id: Int
  var version: Int
  /// nil if the manifest has no text for it.
  var title: String?
  /// nil for an event that isn't written to a channel.
  var channel: String?
  /// In template order.
  var fields: [String]
}

/// Collects the problems in one manifest.
struct ManifestFaults {
  let path: String
  private(set) var diagnostics: [Diagnostic] = []

  init(path: String) { self.path = path }

  mutating func add(_ message: String, at position: SourcePosition, severity: Diagnostic.Severity = .error) {
    diagnostics.append(
      Diagnostic(.eventManifest, at: SourceLocation(path: path, position: position), severity: severity, message))
  }
}
