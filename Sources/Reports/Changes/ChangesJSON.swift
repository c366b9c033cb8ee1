package import Analysis
import RuleModel

/// `ruledex diff --format json`, format 1.
package func changesJSON(_ changes: CatalogChanges) -> [UInt8] {
  var json = JSONWriter()
  json.object { json in
    json.number("format", 1)
    json.newLine()
    json.strings("added", changes.added.map { "\($0.key)" })
    json.newLine()
    json.strings("removed", changes.removed.map { "\($0.key)" })
    json.newLine()
    json.array("changed") { json in
      for change in changes.changed {
        json.newLine()
        json.object { json in
          json.string("rule", "\(change.new.key)")
          json.strings("changes", change.parts.map(\.rawValue))
        }
      }
    }
    json.newLine()
    json.object("techniques") { json in
      json.strings("gained", changes.techniques.gained.map(\.description))
      json.strings("lost", changes.techniques.lost.map(\.description))
    }
    json.newLine()
    json.object("events") { json in
      for (name, events) in [("gained", changes.events.gained), ("lost", changes.events.lost)] {
        json.array(name) { json in
          for event in events {
            json.object { json in
              json.string("provider", event.provider)
              json.string("event", event.name)
            }
          }
        }
      }
    }
  }
  json.newLine()
  return json.bytes
}
