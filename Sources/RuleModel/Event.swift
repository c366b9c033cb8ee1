import Diagnostics
import Text

/// A kind of log record: who writes it, and which one it is.
package struct Event: Hashable, Sendable {
  /// The source's own name: `Microsoft-Windows-Sysmon`, `Okta-user`.
  package var provider: String
  /// A number for Windows, a name elsewhere, `*` where a rule reaches a provider without choosing an event.
  package var name: String

  package init(provider: String, name: String) {
    self.provider = provider
    self.name = name
  }

  /// Whether it means all events of its provider.
  package var isAny: Bool { name == "*" }

  /// As people write it: `Microsoft-Windows-Sysmon 1`; any event of a provider is the provider alone.
  package var words: String { isAny ? provider : "\(provider) \(name)" }
}

extension Event: Comparable {
  /// By provider, then event, in UTF-8 byte order.
  package static func < (left: Event, right: Event) -> Bool {
    if left.provider != right.provider { return inByteOrder(left.provider, right.provider) }
    return inByteOrder(left.name, right.name)
  }
}
