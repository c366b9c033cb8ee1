import Diagnostics
import Documents
import Events
import RuleModel
import TestSupport

@testable import Telemetry

/// What we ship, read once.
enum Shipped {
  static let map = Result<EventMap, KnowledgeError>.of { () throws(KnowledgeError) in
    try EventMap(parsing: embeddedFiles(below: "catalog/knowledge/events/"))
  }
  static let facts = Result<CollectorFacts, KnowledgeError>.of { () throws(KnowledgeError) in
    try CollectorFacts(parsing: embeddedFiles(below: "catalog/knowledge/telemetry/"))
  }
}

extension Result {
  fileprivate static func of(_ body: () throws(Failure) -> Success) -> Result {
    do throws(Failure) { return .success(try body()) } catch { return .failure(error) }
  }
}

/// Telemetry of a telemetry file and of collectors' files, each with its kind and name.
func telemetry(
  _ yaml: String = "", _ files: (kind: TelemetrySource.Kind, name: String, text: String)...
) throws -> Telemetry {
  try telemetry(yaml, files: files.map { ($0.kind, $0.name, Array($0.text.utf8)) })
}

func telemetry(
  _ yaml: String = "", files: [(kind: TelemetrySource.Kind, name: String, bytes: [UInt8])]
) throws -> Telemetry {
  let file = TelemetryFile.parse(Array(yaml.utf8), of: SourceFile(path: "telemetry.yml")).file
  return Telemetry(
    file,
    contents: files.map { kind, name, bytes in
      let place = SourceLocation(path: "telemetry.yml", line: 1, column: 1)
      return (TelemetryFile.Reference(kind: kind, path: name, location: place), SourceFile(path: name, bytes: bytes))
    }, facts: try Shipped.facts.get(), map: try Shipped.map.get())
}

func sysmonEvent(_ id: Int) -> Event { Event(provider: "Microsoft-Windows-Sysmon", name: String(id)) }
func securityEvent(_ id: Int) -> Event { Event(provider: "Microsoft-Windows-Security-Auditing", name: String(id)) }
func auditRecord(_ name: String) -> Event { Event(provider: "Linux-Auditd", name: name) }

/// An event's data, by field.
typealias Data = [String: String]

extension EventCollection {
  /// Whether an event with this data reaches us: what the filters do, worked out from their definition.
  func brings(_ data: Data) -> Bool {
    guard isCollected else { return false }
    return recorders.allSatisfy { $0.passes(data) } && ways.contains { $0.passes(data) }
  }
}

extension EventFilter {
  func passes(_ data: Data) -> Bool {
    (keeps?.contains { $0.predicate.holds(for: data) } ?? true) && !drops.contains { $0.predicate.holds(for: data) }
  }
}

extension Predicate {
  func holds(for data: Data) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(for: data) }
    case .any(let parts): parts.contains { $0.holds(for: data) }
    case .not(let part): !part.holds(for: data)
    case .test(let test): test.holds(for: data)
    case .stage, .text: false
    }
  }
}

extension Test {
  fileprivate func holds(for data: Data) -> Bool {
    guard let field, let written = data[field] else { return kind == .isNull }
    let isCased = modifiers.contains(.cased)
    let (text, value) = isCased ? (written, value) : (written.lowercased(), value.lowercased())
    switch kind {
    case .eq: return text == value
    case .contains: return text.contains(value)
    case .startsWith: return text.hasPrefix(value)
    case .endsWith: return text.hasSuffix(value)
    case .exists: return !text.isEmpty
    case .lt: return text < value
    case .gt: return text > value
    case .gte: return (Int(text) ?? 0) >= (Int(value) ?? 0)
    default: return false
    }
  }
}
