/// Which checks report, and how severe what they find is: `checks` in `ruledex.yml`.
package struct CheckSettings: Hashable, Sendable {
  package enum Setting: Hashable, Sendable {
    case off
    case on(Diagnostic.Severity)

    /// What it is called in a configuration.
    package static let names = ["off"] + Diagnostic.Severity.allCases.reversed().map(\.rawValue)

    package init?(named name: String) {
      if name == "off" {
        self = .off
      } else if let severity = Diagnostic.Severity(rawValue: name) {
        self = .on(severity)
      } else {
        return nil
      }
    }
  }

  private var settings: [CheckID: Setting]

  package init(_ settings: [CheckID: Setting] = [:]) { self.settings = settings }

  package subscript(check: CheckID) -> Setting? {
    get { settings[check] }
    set { settings[check] = newValue }
  }

  package func isOn(_ check: CheckID) -> Bool {
    guard let setting = settings[check] else { return !check.isOptional }
    return setting != .off
  }

  /// The finding with the severity that its check is set to; nil if the check is off.
  package func applied(to finding: Diagnostic) -> Diagnostic? {
    switch settings[finding.id] {
    case nil: return finding
    case .off: return nil
    case .on(let severity):
      var result = finding
      result.severity = severity
      return result
    }
  }

  package func applied(to findings: [Diagnostic]) -> [Diagnostic] {
    settings.isEmpty ? findings : findings.compactMap { applied(to: $0) }
  }

  /// The same for files that the program itself depends on: an error there says that a part of one isn't used, which no
  /// setting hides.
  package func appliedExceptToErrors(in findings: [Diagnostic]) -> [Diagnostic] {
    settings.isEmpty ? findings : findings.compactMap { $0.severity == .error ? $0 : applied(to: $0) }
  }
}
