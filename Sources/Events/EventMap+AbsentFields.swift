package import RuleModel

extension EventMap {
  /// The `System` part of a Windows event (Microsoft, “Event Schema”), as agents name its parts, and its data where they
  /// have no names.
  package static let windowsHead: Set<String> = [
    "AccountName", "Binary", "Channel", "Computer", "ComputerName", "Data", "EventData", "EventID", "EventRecordID",
    "EventType",
    "Execution_ProcessID", "Execution_ThreadID",
    "Hostname", "Keywords", "Level", "Message", "Opcode", "ProcessID", "ProcessId", "ProviderName", "Provider_Name",
    "Security_UserID", "Source",
    "SourceName", "Task", "ThreadID", "TimeCreated", "Type", "UserData", "UserID", "Version",
  ]

  /// Fields that other events of the provider have and this one doesn't: `CommandLine` of Sysmon's network connections.
  /// Empty if the map doesn't know all of the provider's events, or not the fields of this one.
  package func fieldsOfOthers(besides event: Event) -> [String] {
    guard !event.isAny, let provider = provider(named: event.provider), provider.isComplete,
      let own = fields(of: event)
    else { return [] }
    let others = Set(provider.events.lazy.flatMap(\.fields))
    return others.subtracting(own).sorted()
  }

  /// Fields that the log sources have and this event lacks, as the map says of each log source that holds the event.
  package func lackedFields(of event: Event, in logSources: [LogSource], dialect: Dialect) -> [String] {
    let targets = logSources.flatMap { self.targets(of: $0, dialect, holding: event) }
    guard let first = targets.first else { return [] }
    // Another log source may bring the field.
    return first.lacks.filter { field in targets.dropFirst().allSatisfy { $0.lacks.contains(field) } }
  }
}
