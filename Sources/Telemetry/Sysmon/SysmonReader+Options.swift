import Diagnostics
import Events
import RuleModel
import XML

/// The effect of a configuration's options on events' fields, by event id.
struct SysmonOptions {
  /// Values that a field never has, although the activity took place.
  var lacks: [String: [FilterClause]] = [:]
  /// Values that fields always have.
  var values: [String: [LogSourceEvents.Condition]] = [:]
  /// Values that fields may lack, because an option isn't understood.
  var doubts: [String: [FilterClause]] = [:]
}

extension SysmonReader {
  /// What options omit from fields.
  mutating func options(of root: XMLElement) -> SysmonOptions {
    checkOptions(of: root)
    var options = SysmonOptions()
    readHashAlgorithms(of: root, into: &options)
    readDnsLookup(of: root, into: &options)
    return options
  }

  private mutating func checkOptions(of root: XMLElement) {
    for element in root.elements where element.name != "EventFiltering" {
      if element.name == "RuleGroup" || types.contains(where: { $0.name == element.name }) {
        warn(element, "'\(element.name)' is outside EventFiltering; move it there")
        continue
      }
      guard !facts.options.isEmpty, !facts.options.contains(element.name) else { continue }
      let known = facts.options + ["EventFiltering"]
      let near = nearestName(to: element.name, in: known).map { "did you mean '\($0)'?" }
      warn(
        element, "Sysmon has no option '\(element.name.shortened)'; \(near ?? "'sysmon -s' prints those that it has")")
    }
  }

  /// Whether an element next to `EventFiltering` belongs inside it, or is a misspelt `EventFiltering`.
  func isMisplaced(_ element: XMLElement) -> Bool {
    element.name == "RuleGroup" || types.contains { $0.name == element.name }
      || !facts.options.contains(element.name)
        && nearestName(to: element.name, in: facts.options + ["EventFiltering"]) == "EventFiltering"
  }

  private mutating func readHashAlgorithms(of root: XMLElement, into options: inout SysmonOptions) {
    let hashes = root.elements.last { $0.name == "HashAlgorithms" }
    let known = ["MD5", "SHA1", "SHA256", "IMPHASH"]
    // Without the element, SHA1 (Microsoft's documentation, "Configuration entries").
    let named = (hashes?.text ?? "SHA1").uppercased().split { $0 == "," || $0.isWhitespace }.map(String.init)
    var meant: [String] = []
    for name in named where name != "*" && !known.contains(name) {
      guard let hashes else { continue }
      let found = nearestName(to: name, in: known)
      meant += found.map { [$0] } ?? known
      let near = found.map { "did you mean '\($0)'?" }
      warn(
        hashes,
        "Sysmon has no hash '\(name.shortened)'; \(near ?? "it has \(known.joined(separator: ", ")) and *")")
    }
    let missing = named.contains("*") ? [] : known.filter { !named.contains($0) }
    let place = hashes.map(location(of:)) ?? SourceLocation(file)
    let text = hashes.map { "HashAlgorithms \($0.text)" } ?? "there is no HashAlgorithms, so that SHA1 is the only one"
    for id in types.flatMap(\.events) {
      guard let fields = map.fields(of: Event(provider: provider, name: id)) else { continue }
      for field in ["Hashes", "Hash"] where fields.contains(field) {
        for name in missing {
          let predicate = Predicate.any([
            .test(Test(field: field, kind: .contains, value: name + "=")),
            .test(Test(field: name, kind: .exists, value: "true")),
          ])
          if meant.contains(name) {
            let unclear = Predicate.conjunction([predicate, .opaque(text)])
            options.doubts[id, default: []].append(FilterClause(unclear, at: place, text: text))
          } else {
            options.lacks[id, default: []].append(FilterClause(predicate, at: place, text: "\(name), as \(text)"))
          }
        }
      }
    }
  }

  /// Host and port names are looked up unless this says no; without a lookup, the fields contain `-`
  /// (networkCommon.cpp, `CreateNetworkEvent`; eventsCommon.cpp, `EventSetFieldS`).
  private mutating func readDnsLookup(of root: XMLElement, into options: inout SysmonOptions) {
    guard let lookup = root.elements.last(where: { $0.name == "DnsLookup" }) else { return }
    let written = lookup.trimmed.lowercased()
    if written == "true" { return }
    if written != "false" {
      warn(lookup, "DnsLookup can't be '\(lookup.trimmed.shortened)'; it is 'true' or 'false'")
    }
    guard let id = types.first(where: { $0.name == "NetworkConnect" })?.events.first else { return }
    let names = ["SourceHostname", "DestinationHostname", "SourcePortName", "DestinationPortName"]
    let predicates = names.map { Predicate.test(Test(field: $0, kind: .exists, value: "true")) }
    let text = "DnsLookup is \(lookup.trimmed.shortened)"
    guard written == "false" else {
      let unclear = Predicate.conjunction([.any(predicates), .opaque(text)])
      options.doubts[id, default: []].append(FilterClause(unclear, at: location(of: lookup), text: text))
      return
    }
    options.lacks[id, default: []] += zip(names, predicates).map { name, predicate in
      FilterClause(predicate, at: location(of: lookup), text: "\(name), as \(text)")
    }
    options.values[id] = names.map { LogSourceEvents.Condition(field: $0, values: ["-"]) }
  }
}
