package import Analysis
import Diagnostics
import RuleModel
import Text

/// `ruledex diff --format json`, format 1.
package func changesJSON(_ changes: CatalogChanges) -> [UInt8] {
  var json = JSONWriter()
  json.object { json in
    json.number("format", 1)
    json.newLine()
    json.strings("attackVersions", [changes.attack.old?.version ?? "", changes.attack.new?.version ?? ""])
    json.newLine()
    json.strings("added", changes.added.map { "\($0.key)" })
    json.newLine()
    json.strings("removed", changes.removed.map { "\($0.key)" })
    json.newLine()
    json.array("moved") { json in
      for move in filesMoved(changes) {
        json.newLine()
        json.object { json in
          json.string("from", move.from)
          json.string("to", move.to)
        }
      }
    }
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
    json.object("findings") { json in
      for (name, findings) in [("added", changes.newFindings), ("gone", changes.goneFindings)] {
        json.array(name) { json in
          for finding in findings {
            json.newLine()
            json.object { json in json.members(of: finding, spelled: .published) }
          }
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
      write(changes.events, to: &json)
    }
    if let states = changes.states {
      json.newLine()
      write(states, to: &json)
    }
    if !changes.notCompared.isEmpty {
      json.newLine()
      json.strings("notCompared", changes.notCompared.map(\.rawValue))
    }
  }
  json.newLine()
  return json.bytes
}

/// What runs: the rules and techniques whose state changed, and the events that are collected in one state only.
private func write(_ states: StateChanges, to json: inout JSONWriter) {
  json.object("states") { json in
    json.array("rules") { json in
      for change in states.rules {
        json.newLine()
        json.object { json in
          json.string("rule", "\(change.new.key)")
          json.optionalString("from", change.old.visibility?.state.rawValue)
          json.optionalString("to", change.new.visibility?.state.rawValue)
          json.string("reason", change.reason)
          json.array("places") { json in
            for place in change.places {
              json.object { json in
                json.string("file", place.file)
                if let line = place.line { json.number("line", line) }
              }
            }
          }
        }
      }
    }
    json.newLine()
    json.array("techniques") { json in
      for change in states.techniques {
        json.newLine()
        json.object { json in
          json.string("technique", change.technique.description)
          json.string("from", change.old.rawValue)
          json.string("to", change.new.rawValue)
          json.string("reason", change.reason)
          json.strings("rules", change.rules.map(\.description))
        }
      }
    }
    json.newLine()
    json.object("collected") { json in write(states.collected, to: &json) }
  }
}

private func write(_ events: CatalogChanges.Difference<Event>, to json: inout JSONWriter) {
  for (name, events) in [("gained", events.gained), ("lost", events.lost)] {
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

/// The files of rules that have moved, each once: several rules may share a file.
private func filesMoved(_ changes: CatalogChanges) -> [(from: String, to: String)] {
  var result: [(from: String, to: String)] = []
  let files = changes.moved.map { (from: $0.old.source, to: $0.new.source) }
    .sorted { $0.to == $1.to ? inByteOrder($0.from, $1.from) : inByteOrder($0.to, $1.to) }
  for file in files where result.last.map({ $0 != file }) ?? true { result.append(file) }
  return result
}
