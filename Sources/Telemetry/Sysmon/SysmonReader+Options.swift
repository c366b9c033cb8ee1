import Diagnostics
import RuleModel
import XML

extension SysmonReader {
  /// What options leave out of fields, by event id.
  func options(of root: XMLElement) -> [String: [FilterClause]] {
    var lacks: [String: [FilterClause]] = [:]
    let hashes = root.elements.last { $0.name == "HashAlgorithms" }
    // Without the element, SHA1 (Microsoft's documentation, "Configuration entries").
    let named = Set((hashes?.text ?? "SHA1").uppercased().split { $0 == "," || $0.isWhitespace }.map(String.init))
    let missing = named.contains("*") ? [] : ["MD5", "SHA1", "SHA256", "IMPHASH"].filter { !named.contains($0) }
    let place = hashes.map(location(of:)) ?? SourceLocation(path: path)
    let text = hashes.map { "HashAlgorithms \($0.text)" } ?? "no HashAlgorithms, so that SHA1 is the only one"
    for id in facts.types.flatMap(\.events) {
      guard let fields = map.fields(of: Event(provider: provider, name: id)) else { continue }
      for field in ["Hashes", "Hash"] where fields.contains(field) {
        for name in missing {
          let predicate = Predicate.any([
            .test(Test(field: field, kind: .contains, value: name + "=")),
            .test(Test(field: name, kind: .exists, value: "true")),
          ])
          lacks[id, default: []].append(FilterClause(predicate, at: place, text: text))
        }
      }
    }
    // Host names of addresses are looked up unless this says no.
    if let lookup = root.elements.last(where: { $0.name == "DnsLookup" }), lookup.text.lowercased() == "false",
      let id = facts.types.first(where: { $0.name == "NetworkConnect" })?.events.first
    {
      let names = ["SourceHostname", "DestinationHostname"]
      let predicate = Predicate.any(names.map { .test(Test(field: $0, kind: .exists, value: "true")) })
      lacks[id, default: []].append(
        FilterClause(predicate, at: location(of: lookup), text: "DnsLookup \(lookup.text)"))
    }
    return lacks
  }
}
