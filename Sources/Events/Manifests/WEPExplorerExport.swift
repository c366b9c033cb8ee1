import Diagnostics
import XML

/// Reads WEPExplorer's exports of providers: `<Providers><Provider>`, events with their templates as XML in text.
struct WEPExplorerExport {
  private(set) var providers: [ManifestProvider] = []
  private(set) var faults: ManifestFaults

  init(_ root: XMLElement, path: String) {
    faults = ManifestFaults(path: path)
    let found = root.name == "Provider" ? [root] : root.elements.filter { $0.name == "Provider" }
    for provider in found {
      guard let name = provider.text(of: "Name") else {
        faults.add("the provider has no name; add the element 'Name'", at: provider.position)
        continue
      }
      let events = provider.parts("EventMetadata").compactMap { read($0) }
      providers.append(ManifestProvider(name: name, events: events))
    }
    if found.isEmpty { faults.add("the export has no provider; give one that describes events", at: root.position) }
  }

  private mutating func read(_ event: XMLElement) -> ManifestEvent? {
    guard let text = event.text(of: "Id"), let id = parseEventID(text) else {
      faults.add("the event has no number from 0 to 65535; add the element 'Id'", at: event.position)
      return nil
    }
    let version = event.text(of: "Version").flatMap { Int($0) } ?? 0
    let fields = fields(of: event, id)
    let title =
      event.text(of: "Message").flatMap { ManifestMessage(text: $0).title(fields: fields) } ?? event.text(of: "Task")
      ?? event.text(of: "Opcode").map { $0.split(separator: "_").joined(separator: " ") }
    return ManifestEvent(id: id, version: version, title: title, channel: event.text(of: "Channel"), fields: fields)
  }

  private mutating func fields(of event: XMLElement, _ id: Int) -> [String] {
    guard let template = event.elements.first(where: { $0.name == "Template" }),
      let text = event.text(of: "Template")
    else { return [] }
    do throws(XMLErrors) {
      return fieldNames(in: try XMLDocument(parsing: Array(text.utf8), path: faults.path).root())
    } catch {
      faults.add(
        "the template of event \(id) isn't XML: \(error.errors.first?.message ?? "malformed"); its fields are left out",
        at: template.position, severity: .warning)
      return []
    }
  }
}
