package import Attack

/// A log source that ATT&CK's strategies name for a technique, and what the technique's rules see of it.
package struct NamedLogSource: Hashable, Sendable {
  package var source: Analytic.LogSource
  /// Whether the event map knows it.
  package var isKnown: Bool
  /// Whether one of its events is collected; nil without telemetry, or if the event map doesn't know it.
  package var isCollected: Bool?
  /// How many of the rules that hold up the technique read one of its events; with telemetry, one that is collected.
  package var rules: Int

  package var isRead: Bool { rules > 0 }

  /// `WinEventLog:Security (EventCode=4769)`.
  package var words: String { source.channel.isEmpty ? source.name : "\(source.name) (\(source.channel))" }

  /// `read`, `not collected`, `not read`, `not in the event map`.
  package var state: String {
    isRead ? "read" : !isKnown ? "not in the event map" : isCollected == false ? "not collected" : "not read"
  }
}
