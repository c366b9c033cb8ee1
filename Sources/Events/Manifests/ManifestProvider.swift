import Diagnostics

/// What a manifest says of a provider.
struct ManifestProvider {
  var name: String
  /// Channels that are off until they are turned on.
  var quietChannels: Set<String> = []
  var events: [ManifestEvent] = []
}

/// One version of an event.
struct ManifestEvent {
  /// As records have it: 16 bits.
  var id: Int
  var version: Int
  /// nil where the manifest has no words for it.
  var title: String?
  /// nil for an event that goes to no channel.
  var channel: String?
  /// In the order of the template.
  var fields: [String]
}

/// Gathers what is wrong with one manifest.
struct ManifestFaults {
  let path: String
  private(set) var diagnostics: [Diagnostic] = []

  init(path: String) { self.path = path }

  mutating func add(_ message: String, at position: SourcePosition, severity: Diagnostic.Severity = .error) {
    diagnostics.append(
      Diagnostic(.eventManifest, at: SourceLocation(path: path, position: position), severity: severity, message))
  }
}
