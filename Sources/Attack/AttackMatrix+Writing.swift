import RuleModel

extension AttackMatrix {
  /// The data file: JSON with one record a line, each list by id, nothing that ids tell already.
  ///
  /// The same matrix gives the same bytes; `init(parsing:)` reads it back. Retired tactics are a file of their own.
  package func serialized() -> [UInt8] {
    var writer = JSONLines()
    writer.field("format", number: 1)
    writer.field("domain", domain)
    writer.field("version", version)
    if let released { writer.field("released", "\(released)") }
    writer.field("notice", notice)
    writer.list("tactics", tactics) {
      "{\(json("id", $0.id)),\(json("name", $0.name)),\(json("shortname", $0.shortName))}"
    }
    writer.list("techniques", techniques.values) { technique in
      "{\(json("id", technique.id)),\(json("name", technique.name))\(json(technique.status))"
        + json(ids: "tactics", technique.tactics) + json(texts: "platforms", technique.platforms)
        + field(description: technique.summary) + "}"
    }
    writer.list("groups", groups, json)
    writer.list("campaigns", campaigns, json)
    writer.list("software", software, json)

    let used = strategies.flatMap(\.analytics).flatMap(\.logSources)
    let components = Set(used.map(\.component)).sorted { $0.id < $1.id }
    writer.list("dataComponents", components) { "{\(json("id", $0.id)),\(json("name", $0.name))}" }
    let table = Set(used).sorted()
    writer.list("logSources", table) { "[\(json($0.name)),\(json($0.channel)),\(json("\($0.component.id)"))]" }
    let numbers = Dictionary(uniqueKeysWithValues: zip(table, table.indices))
    writer.list("strategies", strategies) { strategy in
      let analytics = strategy.analytics.map { analytic in
        let sources = analytic.logSources.compactMap { numbers[$0] }.sorted()
        let row = ["\(analytic.id)", sources.map { "\($0)" }.joined(separator: " ")] + analytic.platforms
        return "[\(row.map(json).joined(separator: ","))]"
      }
      return "{\(json("id", strategy.id))\(json(ids: "techniques", strategy.techniques)),"
        + "\"analytics\":[\(analytics.joined(separator: ","))]}"
    }
    return writer.finish()
  }
}

private func json(_ object: AttackObject) -> String {
  "{\(json("id", object.id)),\(json("name", object.name))\(json(object.status))"
    + json(texts: "aliases", object.aliases) + json(ids: "techniques", object.techniques)
    + json(ids: "software", object.software) + json(ids: "groups", object.groups)
    + field(description: object.summary) + "}"
}

private func json(_ status: AttackStatus<some Any>) -> String {
  switch status {
  case .active: ""
  case .revoked(let replacement): "," + json("revokedBy", replacement)
  case .deprecated: ",\"deprecated\":true"
  }
}

private func field(description: String) -> String {
  description.isEmpty ? "" : ",\"description\":\(json(description))"
}

private func json(_ key: String, _ value: some Any) -> String { "\"\(key)\":\(json("\(value)"))" }

/// A further field with ids or numbers in one text; nothing where there are none.
private func json(ids key: String, _ ids: [some Any]) -> String {
  ids.isEmpty ? "" : "," + json(key, ids.map { "\($0)" }.joined(separator: " "))
}

private func json(texts key: String, _ texts: [String]) -> String {
  texts.isEmpty ? "" : ",\"\(key)\":[\(texts.map(json).joined(separator: ","))]"
}
