package import Diagnostics
package import Documents
package import RuleModel

/// The techniques that a review is about: those of a threat, of a Navigator layer, or of a list.
package struct AttackTarget: Hashable, Sendable {
  /// What they are of: `APT29 (G0016)`, `layer.json`, `T1059`.
  package var title: String
  /// Active ones; a revoked id counts for its replacement.
  package var techniques: Set<TechniqueID>

  package init(title: String, techniques: Set<TechniqueID>) {
    self.title = title
    self.techniques = techniques
  }
}

extension AttackMatrix {
  /// The techniques of an id: a technique with its sub-techniques, a tactic's, or those that a group, a campaign or software uses; a
  /// group also by way of its campaigns and software, a campaign by way of its software.
  ///
  /// - Parameter text: an id, or the name of a group, a campaign or software, whatever its case. A name goes before the aliases of
  ///   others, and a group's alias before that of its campaigns and software, which often bear the group's name.
  /// - Returns: nil where it is none of these.
  package func target(named text: String) -> AttackTarget? {
    if let id = TechniqueID(text), case .active(let id) = resolve(id) {
      return AttackTarget(title: "\(id)", techniques: Set([id] + subtechniques(of: id).map(\.id)))
    }
    if let id = AttackObjectID(text), let tactic = tactic(id) {
      return AttackTarget(title: "\(tactic.name) (\(id))", techniques: Set(techniques(in: id).map(\.id)))
    }
    guard let named = self.object(named: text), case .active(let id) = resolve(named.id), let object = object(id) else {
      return nil
    }
    return AttackTarget(title: "\(object.name) (\(id))", techniques: techniques(usedBy: object))
  }

  private func object(named text: String) -> AttackObject? {
    if let id = AttackObjectID(text), let known = object(id) { return known }
    let name = text.lowercased()
    // A deprecated object may have the name of one that took its place.
    let objects = (groups + campaigns + software).filter { if case .active = resolve($0.id) { true } else { false } }
    return objects.first { $0.name.lowercased() == name }
      ?? objects.first { $0.aliases.contains { $0.lowercased() == name } }
  }

  private func techniques(usedBy object: AttackObject) -> Set<TechniqueID> {
    var software = object.software
    var result = Set(object.techniques)
    if object.id.kind == .group {
      for campaign in campaigns where campaign.isActive && campaign.groups.contains(object.id) {
        result.formUnion(campaign.techniques)
        software += campaign.software
      }
    }
    for case let used? in software.map({ self.object($0) }) { result.formUnion(used.techniques) }
    return result
  }

  /// The names that ``target(named:)`` knows, for those who misspelt one.
  package var targetNames: [String] {
    (groups + campaigns + software).filter(\.isActive).flatMap { [$0.name] + $0.aliases }
  }

  /// Reads a file of techniques: a layer of the ATT&CK Navigator, or a list.
  ///
  /// Of a layer (format 4.0 to 4.5), the techniques count that it lists, that are enabled, and whose score is not 0 or below; those
  /// without a score count. A list holds ids of techniques, groups, campaigns and software, parted by white space or commas; a `#`
  /// starts a comment.
  ///
  /// - Returns: the target, and a finding on each id that this version of ATT&CK lacks.
  /// - Throws: where the file is neither, of another domain or format, or names no technique of this version.
  package func target(
    parsing bytes: [UInt8], path: String
  ) throws(DocumentError) -> (target: AttackTarget, findings: [Diagnostic]) {
    let isLayer = bytes.first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
    let ids = isLayer ? try layerIDs(bytes) : listedIDs(bytes)
    var techniques: Set<TechniqueID> = []
    var findings: [Diagnostic] = []
    for (text, position) in ids {
      if isLayer, let id = TechniqueID(text), case .active(let id) = resolve(id) {
        techniques.insert(id)
      } else if !isLayer, let target = target(named: text) {
        techniques.formUnion(target.techniques)
      } else {
        findings.append(
          Diagnostic(
            .attackUnknown, at: SourceLocation(path: path, position: position), "\(title) has no '\(text)'; correct it")
        )
      }
    }
    guard !techniques.isEmpty else {
      throw DocumentError(
        .attackTarget, at: nil,
        "it names no technique of \(title); give a Navigator layer, or ids such as T1059 or G0016")
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return (AttackTarget(title: name, techniques: techniques), findings)
  }

  private func layerIDs(_ bytes: [UInt8]) throws(DocumentError) -> [(text: String, position: SourcePosition)] {
    guard let root = try parseJSON(bytes, limits: .layer) else { return [] }
    guard let list = root["techniques"], list.kind == .sequence else {
      throw DocumentError(
        .attackTarget, at: root.position, "this is no layer of the ATT&CK Navigator; it has no 'techniques'")
    }
    let format = root["versions"]?["layer"] ?? root["version"]
    guard let format, format.text?.hasPrefix("4") == true else {
      throw DocumentError(
        .attackTarget, at: format?.position ?? root.position,
        "the layer's format is \(format?.text ?? "unknown") and not 4; open it in the ATT&CK Navigator and save it anew"
      )
    }
    if let domain = root["domain"], let text = domain.text, text != self.domain {
      throw DocumentError(
        .attackTarget, at: domain.position, "the layer is of \(text), and the loaded data of \(self.domain)")
    }
    return list.items.compactMap { item in
      guard let id = item["techniqueID"], let text = id.text, item["enabled"]?.text != "false" else { return nil }
      if let score = item["score"], !score.isNull, let value = score.text.flatMap(Double.init), value <= 0 {
        return nil
      }
      return (text, id.position)
    }
  }

  private func listedIDs(_ bytes: [UInt8]) -> [(text: String, position: SourcePosition)] {
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
