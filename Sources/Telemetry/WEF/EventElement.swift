/// A place in an event of the Windows event log to which a query can refer.
///
/// - SeeAlso: Microsoft, "Event Schema" of the Windows event log, `EventType` and `SystemPropertiesType`.
enum EventElement: Hashable {
  /// The start of a query.
  case root
  case event
  case system
  /// An element of `System`: `EventID`.
  case property(String)
  /// An attribute of such an element: `Provider/@Name`.
  case attribute(String, of: String)
  case eventData
  /// Any `Data` in `EventData`.
  case data
  case userData
  /// An element inside `UserData`, where each provider has its own; by the last element's name.
  case userElement(String)
  /// An element that may exist, but about which nothing is known.
  case unclear

  private static let properties: [String: [String]] = [
    "Provider": ["Name", "Guid", "EventSourceName"], "EventID": ["Qualifiers"], "Version": [], "Level": [], "Task": [],
    "Opcode": [], "Keywords": [], "TimeCreated": ["SystemTime", "RawTime"], "EventRecordID": [],
    "Correlation": ["ActivityID", "RelatedActivityID"],
    "Execution": ["ProcessID", "ThreadID", "ProcessorID", "SessionID", "KernelTime", "UserTime", "ProcessorTime"],
    "Channel": [], "Computer": [], "Security": ["UserID"],
  ]

  /// The names possible in a step from here.
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

  /// Where a step leads; nil if no event has such an element or attribute.
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

  /// The name used in messages.
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
