import Documents
import Events

/// Settings of group policy that decide which fields events have.
package struct PolicyFacts: Sendable {
  struct Setting: Sendable {
    /// Below the hive, in lower case.
    var key = ""
    /// The name of the registry's value.
    var value = ""
    /// What reports call it.
    var title = ""
    var provider = ""
    var events: [NamePattern] = []
    /// Empty unless the setting is on.
    var fields: [String] = []
  }

  var settings: [Setting] = []
}

extension NodeReader {
  mutating func policyFacts(_ root: Node) -> PolicyFacts {
    var facts = PolicyFacts()
    let parts = values(of: root, in: "the file", keys: ["settings"])
    for item in parts["settings"].map({ items(of: $0, in: "'settings'") }) ?? [] {
      let keys = ["key", "value", "title", "provider", "events", "fields"]
      let parts = values(of: item, in: "a setting", keys: keys)
      func text(_ key: String) -> String { parts[key]?.text ?? "" }
      for key in keys where parts[key] == nil { error(at: item, "the setting has no '\(key)'") }
      var setting = PolicyFacts.Setting(
        key: text("key").lowercased(), value: text("value"), title: text("title"), provider: text("provider"))
      setting.events = parts["events"].map { names($0) } ?? []
      setting.fields = parts["fields"].map { texts($0, in: "'fields'") } ?? []
      facts.settings.append(setting)
    }
    return facts
  }
}
