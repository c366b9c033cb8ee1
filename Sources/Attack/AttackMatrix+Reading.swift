import Diagnostics
package import Documents
import RuleModel

extension AttackMatrix {
  /// Reads a data file as ``serialized()`` writes it; catalog/knowledge/attack/README.md describes its shape.
  ///
  /// - Parameter retiredTactics: see ``parseRetiredTactics(_:)``; no data of a single version tells of them.
  /// - Throws: the first fault with its place: text that isn't JSON, fields that are missing or malformed,
  ///   ids that occur twice or lead nowhere.
  package init(parsing bytes: [UInt8], retiredTactics: [RetiredTactic] = []) throws(DocumentError) {
    // What is packed, or too large to be ours, is most likely the bundle that ours is made from.
    let isForeign = isGzip(bytes) || bytes.count > DocumentLimits.standard.bytes
    guard !isForeign, let root = try parseJSON(bytes, limits: .standard), root["type"]?.text != "bundle" else {
      throw DocumentError(
        .attackData, at: SourcePosition(line: 1, column: 1),
        "this isn't Ruledex's ATT&CK data; create it from MITRE's STIX bundle with 'ruledex attack import'")
    }
    let data = try AttackData(root)
    do {
      try self.init(data, retiredTactics: retiredTactics)
    } catch {
      throw DocumentError(.attackData, at: place(of: error.id, in: root), "\(error.message); correct it")
    }
  }
}

/// Where the last record with an id starts.
private func place(of id: String, in root: Node) -> SourcePosition {
  var place = root.position
  root.forEachNode { if $0["id"]?.text == id { place = $0.position } }
  return place
}

extension AttackData {
  fileprivate init(_ root: Node) throws(DocumentError) {
    let root = try Record(root)
    let format = try root.text("format")
    guard format == "1" else {
      throw root.error("the format is \(format), not 1; use a newer Ruledex, or import the STIX bundle again")
    }
    domain = try root.text("domain")
    version = try root.text("version")
    notice = try root.text("notice")
    released = try root.optional("released", { CalendarDate($0) })
    tactics = try root.records("tactics").map { (record) throws(DocumentError) in try Tactic(record) }
    techniques = try root.records("techniques").map { (record) throws(DocumentError) in try Technique(record) }
    let object = { (record: Record) throws(DocumentError) in try AttackObject(record) }
    groups = try root.records("groups").map(object)
    campaigns = try root.records("campaigns").map(object)
    software = try root.records("software").map(object)
    let components = try root.records("dataComponents").map { (record) throws(DocumentError) in
      try DataComponent(record)
    }
    let componentsByID = Dictionary(components.map { ("\($0.id)", $0) }, uniquingKeysWith: { first, _ in first })
    var logSources: [Analytic.LogSource] = []
    for row in try root.items("logSources") {
      let texts = row.items.compactMap(\.text)
      guard texts.count == 3, let component = componentsByID[texts[2]] else {
        throw DocumentError(
          .attackData, at: row.position, "a log source is a name, a channel and the id of a data component; correct it")
      }
      logSources.append(Analytic.LogSource(name: texts[0], channel: texts[1], component: component))
    }
    strategies = try root.records("strategies").map { (record) throws(DocumentError) in
      try DetectionStrategy(record, logSources: logSources)
    }
  }
}

extension Tactic {
  fileprivate init(_ record: Record) throws(DocumentError) {
    id = try record.id()
    name = try record.text("name")
    shortName = try record.text("shortname")
  }
}

extension Technique {
  fileprivate init(_ record: Record) throws(DocumentError) {
    id = try record.id()
    name = try record.text("name")
    summary = try record.optional("description", { $0 }) ?? ""
    status = try record.status()
    tactics = try record.ids("tactics")
    platforms = try record.texts("platforms")
  }
}

extension AttackObject {
  fileprivate init(_ record: Record) throws(DocumentError) {
    id = try record.id()
    name = try record.text("name")
    summary = try record.optional("description", { $0 }) ?? ""
    aliases = try record.texts("aliases")
    status = try record.status()
    techniques = try record.ids("techniques")
    software = try record.ids("software")
    groups = try record.ids("groups")
  }
}

extension DataComponent {
  fileprivate init(_ record: Record) throws(DocumentError) {
    id = try record.id()
    name = try record.text("name")
  }
}

extension DetectionStrategy {
  fileprivate init(_ record: Record, logSources: [Analytic.LogSource]) throws(DocumentError) {
    id = try record.id()
    techniques = try record.ids("techniques")
    analytics = try record.items("analytics").map { (row) throws(DocumentError) in
      try Analytic(row, logSources: logSources)
    }
  }
}

extension Analytic {
  /// - Parameters:
  ///   - row: its id, the numbers of its log sources, and its platforms.
  ///   - table: the log sources.
  fileprivate init(_ row: Node, logSources table: [LogSource]) throws(DocumentError) {
    let texts = row.items.compactMap(\.text)
    let numbers = texts.dropFirst().first?.split(separator: " ").map { Int($0) } ?? [nil]
    let sources = numbers.compactMap { $0 }.filter(table.indices.contains)
    guard let id = texts.first.flatMap({ AttackObjectID($0) }), sources.count == numbers.count else {
      throw DocumentError(
        .attackData, at: row.position,
        "an analytic is an id, numbers of log sources that the file has, and platforms; correct it")
    }
    self.id = id
    platforms = Array(texts.dropFirst(2))
    logSources = sources.map { table[$0] }
  }
}
