import Diagnostics
import XML

/// A report of group policy: `Get-GPOReport -ReportType Xml`, `gpresult /x`, or the preferences of the registry.
struct PolicyReport {
  /// What the report calls a setting's state.
  struct State {
    /// nil if it isn't known.
    var isOn: Bool?
    var position: SourcePosition
  }

  private(set) var entries: [RegistryEntry] = []
  /// By the name of the registry's value.
  private(set) var states: [String: State] = [:]

  /// nil if it is no report.
  init?(_ root: XMLElement, facts: PolicyFacts) {
    guard ["GPO", "Rsop", "report", "GPOS", "RegistrySettings"].contains(root.name) else { return nil }
    var open = [root]
    var policies = 0
    var isEnglish = false
    while let element = open.popLast() {
      switch element.name {
      case "Policy":
        policies += 1
        // Names are in the language of whoever made the report.
        let support = element.text(of: "Supported") ?? ""
        if support.isEmpty || support.hasPrefix("At least") || support.hasPrefix("Only")
          || support.contains("Windows Server 20")
        {
          isEnglish = true
        }
        read(element, facts)
      case "RegistrySetting": readSetting(element)
      case "Properties": readPreference(element)
      default: open += element.elements.reversed()
      }
    }
    guard policies > 0, !isEnglish else { return }
    for setting in facts.settings where states[setting.value] == nil {
      states[setting.value] = State(isOn: nil, position: root.position)
    }
  }

  private mutating func read(_ policy: XMLElement, _ facts: PolicyFacts) {
    guard let name = policy.text(of: "Name") else { return }
    for setting in facts.settings where setting.title.lowercased() == name.lowercased() {
      let state = policy.text(of: "State")?.lowercased() ?? ""
      // A setting that isn't configured isn't set.
      if state == "not configured" { continue }
      states[setting.value] = State(
        isOn: state == "enabled" ? true : state == "disabled" ? false : nil, position: policy.position)
    }
  }

  /// A value for which no administrative template has a name.
  private mutating func readSetting(_ setting: XMLElement) {
    guard let path = setting.text(of: "KeyPath") else { return }
    for value in setting.elements where value.name == "Value" {
      guard let name = value.text(of: "Name") else { continue }
      let number = value.text(of: "Number").flatMap { UInt32($0) }
      entries.append(
        RegistryEntry(
          key: path.lowercased(), name: name, data: number.map { .number($0) } ?? .other, position: value.position))
    }
  }

  /// `<Properties action="U" hive="HKEY_LOCAL_MACHINE" key="…" name="…" type="REG_DWORD" value="00000001"/>`
  private mutating func readPreference(_ element: XMLElement) {
    guard let key = element.value(of: "key"), let name = element.value(of: "name"),
      element.value(of: "hive").map({ $0 == "HKEY_LOCAL_MACHINE" }) ?? false
    else { return }
    let number =
      element.value(of: "type") == "REG_DWORD" ? element.value(of: "value").flatMap { UInt32($0, radix: 16) } : nil
    entries.append(
      RegistryEntry(
        key: key.lowercased(), name: name,
        data: element.value(of: "action") == "D" ? .deleted : number.map { .number($0) } ?? .other,
        position: element.position))
  }
}

extension XMLElement {
  /// The text of the first element inside with a name, without white space at its ends.
  fileprivate func text(of name: String) -> String? {
    elements.first { $0.name == name }.map { String(RegistryText.trimmed($0.text[...])) }
  }
}
