import Diagnostics

/// What exported group policy says about the settings that decide which fields events have.
struct RegistryPolicy: Sendable {
  struct Value: Hashable, Sendable {
    /// nil if what is written isn't understood.
    var isOn: Bool?
    var location: SourceLocation
  }

  /// By the name of the registry's value; a setting without one isn't set.
  private(set) var values: [String: Value] = [:]
  let location: SourceLocation

  /// Reads any form in which policy is exported: `Registry.pol`, a `.reg` file, what `reg query` prints, LGPO's text, a security
  /// template (`secedit /export`), and the reports of group policy in XML (`Get-GPOReport`, `gpresult /x`).
  ///
  /// nil, with a diagnostic, if the file is none of them.
  init?(parsing bytes: [UInt8], of file: SourceFile, facts: PolicyFacts, into diagnostics: inout [Diagnostic]) {
    location = SourceLocation(file)
    func refuse(_ message: String) {
      diagnostics.append(Diagnostic(.registryPolicy, at: location, severity: .error, message))
    }
    if bytes.starts(with: PolicyFile.signature) {
      guard let entries = PolicyFile.entries(in: bytes) else {
        refuse("the file breaks off, or isn't what the registry's policy files have; copy Registry.pol again")
        return nil
      }
      add(entries, facts)
      return
    }
    let text = textOfWindows(bytes)
    if text.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "<") {
      guard let root = root(ofXML: bytes, of: file, into: &diagnostics) else { return nil }
      guard let report = PolicyReport(root, facts: facts) else {
        refuse("the root element is '\(root.name.shortened)'; a report of group policy has 'GPO' or 'Rsop'")
        return nil
      }
      add(report.entries, facts)
      // What the report says in words doesn't replace a value, unless the words are understood.
      for (setting, state) in report.states where state.isOn != nil || values[setting] == nil {
        values[setting] = Value(isOn: state.isOn, location: SourceLocation(file, at: state.position))
      }
    } else if let entries = RegistryText.entries(in: text) {
      add(entries, facts)
    } else {
      refuse(
        "the file isn't exported policy; export it with 'reg export', LGPO, 'secedit /export' or 'Get-GPOReport -ReportType Xml'"
      )
      return nil
    }
    for setting in facts.settings {
      guard let value = values[setting.value], value.isOn == nil else { continue }
      diagnostics.append(
        Diagnostic(
          .registryPolicy, at: value.location,
          "what the policy says about '\(setting.value)' isn't understood, so that rules that need it are partly blind; "
            + "export the policy in another form, such as 'reg export'"))
    }
  }

  /// The last entry of a value decides; a deleted one isn't set.
  private mutating func add(_ entries: [RegistryEntry], _ facts: PolicyFacts) {
    for entry in entries {
      for setting in facts.settings
      where setting.key == entry.key && setting.value.lowercased() == entry.name.lowercased() {
        let place = entry.position.map { SourceLocation(location.file, at: $0) } ?? location
        switch entry.data {
        case .number(let number): values[setting.value] = Value(isOn: number != 0, location: place)
        case .other: values[setting.value] = Value(isOn: nil, location: place)
        case .deleted: values[setting.value] = nil
        }
      }
    }
  }
}

/// A value of the registry.
struct RegistryEntry: Hashable {
  enum Data: Hashable {
    case number(UInt32)
    /// Of another type, or not understood.
    case other
    case deleted
  }

  /// Of the machine's hive, in lower case, without the hive's name.
  var key: String
  var name: String
  var data: Data
  var position: SourcePosition?

  /// The path below the machine's hive, in lower case; nil for another hive.
  static func key(_ path: Substring) -> String? {
    let path = path.lowercased()
    for hive in ["hkey_local_machine\\", "hklm\\", "hklm:\\", "machine\\"] where path.hasPrefix(hive) {
      return String(path.dropFirst(hive.count))
    }
    return path.hasPrefix("hk") ? nil : path
  }
}
