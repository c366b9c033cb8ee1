package import Diagnostics

/// Where something says that an event is collected.
package struct TelemetrySource: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// An entry of `collected`.
    case statement = "collected"
    case csv
    case sysmon
    case sysmonLinux = "sysmon-linux"
    /// Windows Event Forwarding.
    case wef
    case auditd
    /// The audit policy of Windows, as written by `auditpol`.
    case auditPolicy = "auditpol"
    /// Group policy, as a registry or a report holds it.
    case policy
    /// An entry of `missing-fields`.
    case missingFields = "missing-fields"

    /// Whether it is a file that the telemetry file names.
    package var isFile: Bool { self != .statement && self != .missingFields }

    /// What the names of its files in a folder end in.
    package var fileNameEndings: [String] {
      switch self {
      case .sysmon, .sysmonLinux, .wef: [".xml"]
      case .auditd: [".rules"]
      case .auditPolicy, .csv: [".csv"]
      case .policy: [".pol", ".reg", ".xml", ".inf", ".txt"]
      case .statement, .missingFields: []
      }
    }
  }

  package var kind: Kind
  package var location: SourceLocation

  package init(_ kind: Kind, at location: SourceLocation) {
    self.kind = kind
    self.location = location
  }
}

extension TelemetrySource: Comparable {
  package static func < (left: TelemetrySource, right: TelemetrySource) -> Bool {
    if left.location != right.location { return left.location < right.location }
    return left.kind.rawValue < right.kind.rawValue
  }
}
