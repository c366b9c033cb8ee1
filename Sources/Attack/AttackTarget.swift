package import Diagnostics
package import Documents
package import RuleModel
import Text

/// The techniques that a review is about: those of a threat, of a Navigator layer, or of a list; and how each came in.
package struct AttackTarget: Hashable, Sendable {
  /// What they are of: `APT29 (G0016)`, `layer.json`, `T1059`.
  package var title: String
  /// How each technique came in: active ones; a revoked id counts for its replacement.
  package var origins: [TechniqueID: Origin]

  /// How a technique came into a target, the most direct way: what came in more directly needs no other.
  package struct Origin: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable, Comparable {
      /// It was named: by its id, its tactic, a list or a layer.
      case listed
      /// The group, campaign or software that was named uses it.
      case itself
      /// A campaign of that group uses it.
      case campaigns
      /// Software that the group, or its campaign, uses does.
      case software

      package static func < (left: Kind, right: Kind) -> Bool { left.order < right.order }

      private var order: Int { Kind.allCases.firstIndex(of: self) ?? 0 }

      /// After a count: `12 by its campaigns`.
      package var words: String {
        switch self {
        case .listed: "listed"
        case .itself: "used by the threat itself"
        case .campaigns: "by its campaigns"
        case .software: "by its software"
        }
      }
    }

    package var kind: Kind
    /// What it is of, each by name and id: `Cobalt Strike (S0154)`; sorted, each once.
    package var names: [String]

    package init(_ kind: Kind, _ names: [String]) {
      self.kind = kind
      self.names = names
    }

    func joined(with other: Origin) -> Origin {
      if kind != other.kind { return kind < other.kind ? self : other }
      return Origin(kind, Set(names + other.names).sorted(by: inByteOrder))
    }

    /// `by its software: Cobalt Strike (S0154)`.
    package var words: String { names.isEmpty ? kind.words : "\(kind.words): \(names.joined(separator: ", "))" }
  }

  /// What the techniques of a group and of a campaign are taken from, beside itself.
  package enum Route: String, Hashable, Sendable, CaseIterable {
    case campaigns, software
  }

  package init(title: String, origins: [TechniqueID: Origin] = [:]) {
    self.title = title
    self.origins = origins
  }

  /// Techniques that came in alike.
  package init(title: String, listed techniques: some Sequence<TechniqueID>) {
    self.init(title: title)
    for technique in techniques { add(technique, Origin(.listed, [title])) }
  }

  package var techniques: Set<TechniqueID> { Set(origins.keys) }

  package mutating func add(_ technique: TechniqueID, _ origin: Origin) {
    origins[technique] = origins[technique].map { $0.joined(with: origin) } ?? origin
  }

  package mutating func add(_ other: AttackTarget) {
    for (technique, origin) in other.origins { add(technique, origin) }
  }

  /// The techniques of several targets, with the titles of all.
  package static func union(_ targets: [AttackTarget]) -> AttackTarget {
    var result = AttackTarget(title: targets.map(\.title).joined(separator: ", "))
    for target in targets { result.add(target) }
    return result
  }

  /// How many techniques came in each way, those ways that any came; of a technique the most direct counts.
  package var counts: [(kind: Origin.Kind, count: Int)] {
    Origin.Kind.allCases.compactMap { kind in
      let count = origins.values.count { $0.kind == kind }
      return count == 0 ? nil : (kind, count)
    }
  }

  /// `64 used by the threat itself, 12 by its campaigns`.
  package var words: String { counts.map { "\($0.count) \($0.kind.words)" }.joined(separator: ", ") }
}

extension AttackMatrix {
  /// The techniques of an id: a technique with its sub-techniques, a tactic's, or those that a group, a campaign or software uses.
  ///
  /// - Parameters:
  ///   - text: an id, or the name of a group, a campaign or software, whatever its case. A name goes before the aliases of
  ///     others, and a group's alias before that of its campaigns and software, which often bear the group's name.
  ///   - routes: whether a group's techniques by way of its campaigns and of software count, a campaign's by way of software.
  /// - Returns: nil where it is none of these.
  package func target(named text: String, via routes: Set<AttackTarget.Route> = []) -> AttackTarget? {
    if let id = TechniqueID(text), case .active(let id) = resolve(id) {
      return AttackTarget(title: "\(id)", listed: [id] + subtechniques(of: id).map(\.id))
    }
    if let id = AttackObjectID(text), let tactic = tactic(id) {
      return AttackTarget(title: "\(tactic.name) (\(id))", listed: techniques(in: id).map(\.id))
    }
    guard let named = self.object(named: text), case .active(let id) = resolve(named.id), let object = object(id) else {
      return nil
    }
    return target(usedBy: object, via: routes)
  }

  private func object(named text: String) -> AttackObject? {
    if let id = AttackObjectID(text), let known = object(id) { return known }
    let name = text.lowercased()
    // A deprecated object may have the name of one that took its place.
    let objects = objects.filter { if case .active = resolve($0.id) { true } else { false } }
    return objects.first { $0.name.lowercased() == name }
      ?? objects.first { $0.aliases.contains { $0.lowercased() == name } }
  }

  private func target(usedBy object: AttackObject, via routes: Set<AttackTarget.Route>) -> AttackTarget {
    func title(_ object: AttackObject) -> String { "\(object.name) (\(object.id))" }
    var target = AttackTarget(title: title(object))
    func add(_ kind: AttackTarget.Origin.Kind, _ object: AttackObject) {
      for technique in object.techniques { target.add(technique, AttackTarget.Origin(kind, [title(object)])) }
    }
    add(.itself, object)
    var software = object.software
    if object.id.kind == .group, routes.contains(.campaigns) {
      for campaign in campaigns where campaign.isActive && campaign.groups.contains(object.id) {
        add(.campaigns, campaign)
        software += campaign.software
      }
    }
    if routes.contains(.software) {
      for case let used? in software.map({ self.object($0) }) { add(.software, used) }
    }
    return target
  }

  /// The names that ``target(named:)`` knows, for those who misspelt one.
  package var targetNames: [String] {
    objects.filter(\.isActive).flatMap { [$0.name] + $0.aliases }
  }

  /// Reads a file of techniques: a layer of the ATT&CK Navigator or a list of layers, or a list of ids.
  ///
  /// Of a layer (format 4.0 to 4.5), the techniques count that it selects: entries that say more than how the matrix is shown, that
  /// are enabled, and whose score is not 0 or below. A list holds ids of techniques, groups, campaigns and software, separated by
  /// white space or commas; a `#` starts a comment.
  ///
  /// - Returns: the target, and a finding on each id that this version of ATT&CK lacks.
  /// - Throws: where the file is neither, of another domain or format, or names no technique of this version.
  package func target(
    parsing bytes: [UInt8], path: String, via routes: Set<AttackTarget.Route> = []
  ) throws(DocumentError) -> (target: AttackTarget, findings: [Diagnostic]) {
    let text = try textWithoutMark(bytes)
    let first = text.first { !" \t\r\n".utf8.contains($0) }
    let isLayer = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let name = lastPart(of: path)
    var target = AttackTarget(title: name)
    var findings: [Diagnostic] = []
    func report(_ text: String, _ position: SourcePosition) {
      findings.append(
        Diagnostic(
          .attackUnknown, at: SourceLocation(path: path, position: position),
          "\(title) has no '\(shortened(text))'; correct it"))
    }
    if isLayer {
      for entry in try layerEntries(bytes) {
        if let id = TechniqueID(entry.id.uppercased()), case .active(let id) = resolve(id) {
          target.add(id, AttackTarget.Origin(.listed, [entry.layer ?? name]))
        } else {
          report(entry.id, entry.position)
        }
      }
    } else {
      for (text, position) in listedIDs(text) {
        guard let named = self.target(named: text, via: routes) else {
          report(text, position)
          continue
        }
        target.add(named)
      }
    }
    guard !target.origins.isEmpty else {
      throw DocumentError(
        .attackTarget, at: nil,
        isLayer
          ? "it selects no technique of \(title); score, colour or comment on techniques in the ATT&CK Navigator"
          : "it names no technique of \(title); give a Navigator layer, or ids such as T1059 or G0016")
    }
    return (target, findings)
  }

  /// A technique that a layer selects.
  private struct LayerEntry {
    var id: String
    var position: SourcePosition
    /// The layer's own name, where the file holds several.
    var layer: String?
  }

  private func layerEntries(_ bytes: [UInt8]) throws(DocumentError) -> [LayerEntry] {
    guard let root = try parseJSON(bytes, limits: .layer) else { return [] }
    guard root.kind == .sequence else { return try layerEntries(ofLayer: root, named: nil) }
    var entries: [LayerEntry] = []
    for layer in root.items { entries += try layerEntries(ofLayer: layer, named: layer["name"]?.text) }
    return entries
  }

  private func layerEntries(ofLayer layer: Node, named name: String?) throws(DocumentError) -> [LayerEntry] {
    guard let list = layer["techniques"], list.kind == .sequence else {
      throw DocumentError(
        .attackTarget, at: layer.position, "this isn't a layer of the ATT&CK Navigator; it has no 'techniques'")
    }
    let format = layer["versions"]?["layer"] ?? layer["version"]
    guard let format, format.text?.hasPrefix("4") == true else {
      throw DocumentError(
        .attackTarget, at: format?.position ?? layer.position,
        "the layer's format is \(format?.text ?? "unknown"), not 4; open it in the ATT&CK Navigator and save it again"
      )
    }
    // Before format 4.0 a domain had another name, which some tools still write.
    if let domain = layer["domain"], let text = domain.text, text != self.domain,
      text != "mitre-" + self.domain.replacing("-attack", with: "")
    {
      throw DocumentError(
        .attackTarget, at: domain.position,
        "the layer is for \(shortened(text)), but the loaded data is for \(self.domain)")
    }
    return list.items.compactMap { item in
      guard let id = item["techniqueID"], let text = id.text, isSelected(item) else { return nil }
      return LayerEntry(id: text, position: id.position, layer: name)
    }
  }

  /// Whether an entry of a layer says something of its technique. The Navigator also writes entries that say only whether the row of
  /// sub-techniques is open, with all else empty; one that says nothing at all is there to name its technique.
  private func isSelected(_ entry: Node) -> Bool {
    if entry["enabled"]?.text == "false" { return false }
    if let score = entry["score"], !score.isNull, let value = score.text.flatMap(Double.init) { return value > 0 }
    let isAnnotated = ["color", "comment", "metadata", "links"].contains { key in
      guard let value = entry[key], !value.isNull else { return false }
      return value.kind == .sequence ? !value.items.isEmpty : value.text?.isEmpty == false
    }
    return isAnnotated || entry["showSubtechniques"] == nil
  }

  private func listedIDs(_ bytes: ArraySlice<UInt8>) -> [(text: String, position: SourcePosition)] {
    var ids: [(text: String, position: SourcePosition)] = []
    for (row, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let code = line.prefix { $0 != UInt8(ascii: "#") }
      for word in code.split(whereSeparator: { ", ;\t\r".utf8.contains($0) }) {
        ids.append(
          (
            String(decoding: word, as: UTF8.self),
            SourcePosition(line: row + 1, column: word.startIndex - line.startIndex + 1)
          ))
      }
    }
    return ids
  }
}

extension DocumentLimits {
  /// A layer may have a comment and metadata for each of 700 techniques.
  fileprivate static let layer = DocumentLimits(bytes: 32 << 20, depth: 64)
}
