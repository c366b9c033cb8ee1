import Diagnostics
import XML

/// Reads Sysmon's schema, as printed by `sysmon -s`: `<manifests><manifest schemaversion="…">`, each event with its
/// fields.
struct SysmonSchema {
  private(set) var providers: [ManifestProvider] = []
  private(set) var faults: ManifestFaults

  private static let provider = "Microsoft-Windows-Sysmon"
  private static let channel = "Microsoft-Windows-Sysmon/Operational"

  init(_ root: XMLElement, path: String) {
    faults = ManifestFaults(path: path)
    let events = (root.name == "manifest" ? [root] : root.elements).flatMap { $0.parts("events") }
    var provider = ManifestProvider(name: SysmonSchema.provider)
    for event in events where event.name == "event" {
      // Sysmon for Linux is a separate provider.
      if event.value(of: "target") == "linux" { continue }
      guard let id = event.value(of: "value").flatMap(parseEventID) else {
        faults.add("the event has no number from 0 to 65535; add the attribute 'value'", at: event.position)
        continue
      }
      provider.events.append(
        ManifestEvent(
          id: id, version: event.value(of: "version").flatMap { Int($0) } ?? 0, title: event.value(of: "template"),
          channel: SysmonSchema.channel, fields: fieldNames(in: event)))
    }
    providers = [provider]
    if events.isEmpty { faults.add("the schema has no events; give what 'sysmon -s' prints", at: root.position) }
  }
}
