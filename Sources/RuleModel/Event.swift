import Diagnostics
import Text

/// A kind of log record, identified by its provider and its name.
package struct Event: Hashable, Sendable {
  /// The source's own name: `Microsoft-Windows-Sysmon`, `Okta-user`.
  package var provider: String
  /// A number on Windows, a name elsewhere, `*` if a rule covers a provider without selecting an event.
  package var name: String

  package init(provider: String, name: String) {
    self.provider = provider
    self.name = name
  }

  /// Whether it stands for all events of its provider.
  package var isAny: Bool { name == "*" }

  /// As people write it: `Microsoft-Windows-Sysmon 1`; just the provider if it stands for any of its events.
  package var words: String { isAny ? provider : "\(provider) \(name)" }
}

extension Event: Comparable {
  /// By provider, then event, in UTF-8 byte order.
  package static func < (left: Event, right: Event) -> Bool {
    if left.provider != right.provider { return inByteOrder(left.provider, right.provider) }
    return inByteOrder(left.name, right.name)
  }
}
