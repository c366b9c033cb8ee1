/// A place in an event as the Windows event log writes it, where a query can be.
///
/// - SeeAlso: Microsoft, "Event Schema" of the Windows event log, `EventType` and `SystemPropertiesType`.
enum EventElement: Hashable {
  /// Where a query begins.
  case root
  case event
  case system
  /// An element of `System`: `EventID`.
  case property(String)
  /// An attribute of one: `Provider/@Name`.
  case attribute(String, of: String)
  case eventData
  /// Any `Data` of `EventData`.
  case data
  case userData
  /// Below `UserData`, where each provider has elements of its own; by the last one's name.
  case userElement(String)
  /// What may be there, and nothing is known of it.
  case unclear

  private static let properties: [String: [String]] = [
    "Provider": ["Name", "Guid", "EventSourceName"], "EventID": ["Qualifiers"], "Version": [], "Level": [], "Task": [],
    "Opcode": [], "Keywords": [], "TimeCreated": ["SystemTime", "RawTime"], "EventRecordID": [],
    "Correlation": ["ActivityID", "RelatedActivityID"],
    "Execution": ["ProcessID", "ThreadID", "ProcessorID", "SessionID", "KernelTime", "UserTime", "ProcessorTime"],
    "Channel": [], "Computer": [], "Security": ["UserID"],
  ]

  /// The names that a step from here can have.
  var names: [String] {
    switch self {
    case .root: ["Event"]
    case .event:
      ["System", "EventData", "UserData", "BinaryEventData", "DebugData", "ProcessingErrorData", "RenderingInfo"]
    case .system: EventElement.properties.keys.sorted()
    case .property(let name): (EventElement.properties[name] ?? []).map { "@" + $0 }
    case .eventData: ["Data", "ComplexData", "Binary", "@Name"]
    case .data: ["@Name", "@Type"]
    case .attribute, .userData, .userElement, .unclear: []
    }
  }

  /// Where a step leads; nil where no event has what it names.
  func step(to name: String) -> EventElement? {
    if name == "." { return self }
    switch self {
    case .userData, .userElement: return name.hasPrefix("@") ? .unclear : .userElement(name)
    case .unclear: return .unclear
    case .root: return name == "*" || name == "Event" ? .event : nil
    case .eventData where name == "*": return .data
    case .attribute: return nil
    default:
      if name == "*" || name == "@*" { return .unclear }
      guard names.contains(name) else { return nil }
    }
    switch (self, name) {
    case (.event, "System"): return .system
    case (.event, "EventData"): return .eventData
    case (.event, "UserData"): return .userData
    case (.eventData, "Data"): return .data
    case (.system, _): return .property(name)
    case (.property(let owner), _): return .attribute(String(name.dropFirst()), of: owner)
    default: return .unclear
    }
  }

  /// As a message names it.
  var words: String {
    switch self {
    case .root: "the query"
    case .event: "an event"
    case .system: "'System'"
    case .property(let name): "'\(name)'"
    case .attribute(let name, let owner): "'@\(name)' of '\(owner)'"
    case .eventData: "'EventData'"
    case .data: "'Data'"
    case .userData, .userElement, .unclear: "this element"
    }
  }
}
