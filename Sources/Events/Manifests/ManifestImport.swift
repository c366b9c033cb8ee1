package import Diagnostics
import Documents
import RuleModel
import Text
import XML

/// An event map generated from manifests.
package struct ManifestImport: Sendable {
  /// The event map as a file.
  package let bytes: [UInt8]
  /// What was left out, in order of location.
  package let warnings: [Diagnostic]
  /// How many providers and events it contains.
  package let (providers, events): (Int, Int)

  /// Reads Windows instrumentation manifests, WEPExplorer exports and Sysmon's schema. If several versions or files
  /// describe an event, the highest version counts; within one version, the one read last.
  ///
  /// - Parameters:
  ///   - files: each with its path for messages.
  ///   - known: the map that it will extend. Its event titles and aliases are kept, and so are its providers' channels
  ///     and requirements, to which those of the manifests are added.
  /// - Throws: all problems in the files.
  package init(_ files: [(path: String, bytes: [UInt8])], over known: EventMap) throws(KnowledgeError) {
    // By the provider's name in the map, since a manifest may use an alias.
    var found: [String: GatheredProvider] = [:]
    var diagnostics: [Diagnostic] = []
    for file in files {
      let (providers, faults) = read(file.bytes, path: file.path)
      diagnostics += faults
      for provider in providers {
        let name = known.provider(named: provider.name)?.name ?? withoutControls(provider.name)
        found[name, default: GatheredProvider()].add(provider)
      }
    }
    if diagnostics.contains(where: { $0.severity == .error }) { throw KnowledgeError(diagnostics) }
    let made = found.sorted { inByteOrder($0.key, $1.key) }
      .map { Provider(name: $0.key, $0.value, over: known.provider(named: $0.key)) }
    bytes = Array(eventMapText(of: made).utf8)
    warnings = diagnostics.sorted()
    (providers, events) = (made.count, made.reduce(0) { $0 + $1.events.count })
  }
}

private func read(_ bytes: [UInt8], path: String) -> (providers: [ManifestProvider], faults: [Diagnostic]) {
  let root: XMLElement
  do throws(XMLErrors) {
    root = try XMLDocument(parsing: bytes, path: path).root()
  } catch {
    return ([], error.errors.map { Diagnostic(.eventManifest, at: $0.location, $0.message) })
  }
  switch root.name {
  case "instrumentationManifest", "assembly":
    let manifest = InstrumentationManifest(root, path: path)
    return (manifest.providers, manifest.faults.diagnostics)
  case "Providers", "Provider":
    let export = WEPExplorerExport(root, path: path)
    return (export.providers, export.faults.diagnostics)
  case "manifests", "manifest":
    let schema = SysmonSchema(root, path: path)
    return (schema.providers, schema.faults.diagnostics)
  default:
    var faults = ManifestFaults(path: path)
    faults.add(
      "<\(root.name)> isn't a manifest; give one with <instrumentationManifest> or <assembly>, an export of WEPExplorer, or "
        + "what 'sysmon -s' prints", at: root.position)
    return ([], faults.diagnostics)
  }
}

/// What several manifests say about a provider.
private struct GatheredProvider {
  var quietChannels: Set<String> = []
  var events: [Int: ManifestEvent] = [:]

  mutating func add(_ manifest: ManifestProvider) {
    quietChannels.formUnion(manifest.quietChannels)
    for event in manifest.events {
      if let other = events[event.id], other.version > event.version { continue }
      events[event.id] = event
    }
  }
}

extension Provider {
  /// The event map's description of a manifest's provider.
  fileprivate init(name: String, _ manifest: GatheredProvider, over known: Provider?) {
    self.init(name: name)
    let events = manifest.events.values.sorted { $0.id < $1.id }
    channels = known?.channels ?? []
    requirements = known?.requirements ?? []
    for channel in Set(events.compactMap(\.channel)).subtracting(channels)
      .sorted(by: inByteOrder)
    {
      channels.append(channel)
    }
    for channel in channels where manifest.quietChannels.contains(channel) {
      let isKnown = requirements.contains { $0.kind == .channel && $0.text == channel }
      let ids = events.filter { $0.channel == channel }.map(\.id)
      if isKnown || ids.isEmpty { continue }
      requirements.append(
        Requirement(
          kind: .channel, text: channel,
          events: ids.count == events.count ? [] : ids.compactMap { NamePattern("\($0)") }))
    }
    add(
      events.map { event in
        let described = known?.event(named: "\(event.id)")
        return EventDescription(
          name: described?.name ?? "\(event.id)", title: described?.title ?? event.title,
          aliases: described?.aliases ?? [], fields: event.fields.isEmpty ? described?.fields ?? [] : event.fields)
      })
  }
}
