import Diagnostics
package import RuleModel
import Text

/// How ATT&CK says that techniques can be seen (`x-mitre-detection-strategy`, since ATT&CK 18).
package struct DetectionStrategy: Hashable, Sendable {
  package let id: AttackObjectID
  /// Sorted; one in all published data.
  package let techniques: [TechniqueID]
  /// By id.
  package let analytics: [Analytic]
}

/// A strategy's way for a platform, and the logs that it needs (`x-mitre-analytic`).
package struct Analytic: Hashable, Sendable {
  package struct LogSource: Hashable, Sendable {
    /// `WinEventLog:Sysmon`, `auditd:SYSCALL`, `AWS:CloudTrail`.
    package let name: String
    /// The events as MITRE words them: `EventCode=1`, `StopLogging, DeleteTrail`, or a sentence; may be empty.
    package let channel: String
    package let component: DataComponent
  }

  package let id: AttackObjectID
  /// Sorted; so are the log sources.
  package let platforms: [String]
  package let logSources: [LogSource]
}

/// A kind of happening that logs tell of: Process Creation (`x-mitre-data-component`).
package struct DataComponent: Hashable, Sendable {
  package let id: AttackObjectID
  package let name: String
}

extension Analytic.LogSource: Comparable {
  /// By name, channel and component, in the order of UTF-8 bytes.
  package static func < (left: Self, right: Self) -> Bool {
    if left.name != right.name { return inByteOrder(left.name, right.name) }
    if left.channel != right.channel { return inByteOrder(left.channel, right.channel) }
    return left.component.id < right.component.id
  }
}
