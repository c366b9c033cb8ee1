import Diagnostics
import Events
import RuleModel

/// Which subcategories of Windows' audit policy are audited, as `auditpol /get /category:* /r` or `/backup` writes it.
struct AuditPolicy: Sendable {
  private struct Entry: Sendable {
    var name: String
    var setting: AuditPolicyFacts.Setting
    var location: SourceLocation
    var text: String
  }

  let provider: String
  private let location: SourceLocation
  /// By English name, in lower case.
  private let entries: [String: Entry]
  private let facts: AuditPolicyFacts

  /// What it does with an event; nil for one of which no subcategory is known.
  ///
  /// An event of several subcategories is recorded where one of them has it. An event of successes needs a subcategory
  /// that audits them, and so on; where only one side of an event of both is audited, the other is hidden.
  func filter(for event: Event, in map: EventMap) -> EventFilter? {
    guard event.provider == provider else { return nil }
    let names = map.requirements(of: event).filter { $0.kind == .auditPolicy }.map { $0.text.lowercased() }
    guard !names.isEmpty else { return nil }
    let audited = names.compactMap { entries[$0] }.filter { $0.setting != .none }
    let outcome = facts.outcome(of: event.name)
    var keeps: [FilterClause] = []
    for entry in audited {
      switch (entry.setting, outcome) {
      case (.both, _), (_, nil), (.success, .success), (.failure, .failure):
        return EventFilter(source: TelemetrySource(.auditPolicy, at: entry.location))
      case (.success, .both), (.failure, .both):
        keeps.append(FilterClause(.opaque(entry.text), at: entry.location, text: entry.text))
      default: break
      }
    }
    let place = keeps.first?.location ?? names.compactMap { entries[$0]?.location }.first ?? location
    return EventFilter(source: TelemetrySource(.auditPolicy, at: place), keeps: keeps)
  }
}

extension AuditPolicy {
  /// Rows are told by their GUIDs, as the names of columns and subcategories hang on the system's language; the setting
  /// is the number that `/backup` writes in the last column, or a word that is known.
  ///
  /// nil, and told, where the file is no audit policy.
  init?(parsing bytes: [UInt8], path: String, facts: AuditPolicyFacts, into diagnostics: inout [Diagnostic]) {
    let table: CSVTable
    do throws(CSVError) {
      table = try CSVTable(parsing: bytes)
    } catch {
      diagnostics.append(
        Diagnostic(.csvSyntax, at: SourceLocation(path: path, position: error.position), error.message))
      return nil
    }
    var entries: [String: Entry] = [:]
    for row in table.rows {
      guard let column = row.firstIndex(where: { AuditPolicy.guid($0.text) != nil }),
        let guid = AuditPolicy.guid(row[column].text)
      else { continue }
      // Lines of single users stand in a backup; the policy of the system is what matters.
      if column >= 2, row[column - 2].text.hasPrefix("S-1-") { continue }
      let place = SourceLocation(path: path, position: row[column].position)
      guard let name = facts.subcategories[guid] else {
        diagnostics.append(
          Diagnostic(.auditPolicy, at: place, "the subcategory '\(row[column].text)' isn't known; remove the line"))
        continue
      }
      let words = [3, 1].compactMap { row.indices.contains(column + $0) ? row[column + $0] : nil }
        .filter { !$0.text.isEmpty }
      guard let setting = words.lazy.compactMap({ facts.settings[$0.text.inOneLine.lowercased()] }).first else {
        let written = words.last?.text ?? ""
        diagnostics.append(
          Diagnostic(
            .auditPolicy, at: words.last.map { SourceLocation(path: path, position: $0.position) } ?? place,
            "the setting '\(written)' isn't known and counts as not audited; save the policy with "
              + "'auditpol /backup', which writes numbers"))
        continue
      }
      entries[name.lowercased()] = Entry(
        name: name, setting: setting, location: place, text: "\(name): \(setting.words)")
    }
    guard !entries.isEmpty else {
      diagnostics.append(
        Diagnostic(
          .auditPolicy, at: SourceLocation(path: path), severity: .error,
          "no line has the GUID of a subcategory; save the policy with 'auditpol /get /category:* /r'"))
      return nil
    }
    (self.entries, self.facts, provider) = (entries, facts, facts.provider)
    location = SourceLocation(path: path)
  }

  /// `{0CCE9210-69AE-11D9-BED3-505054503030}`, in capitals and without braces.
  private static func guid(_ text: String) -> String? {
    let bare = text.uppercased().filter { $0 != "{" && $0 != "}" && $0 != " " }
    let groups = bare.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12], groups.allSatisfy({ $0.allSatisfy(\.isHexDigit) }) else {
      return nil
    }
    return bare
  }
}

extension AuditPolicyFacts.Setting {
  fileprivate var words: String {
    switch self {
    case .none: "not audited"
    case .success: "successes only"
    case .failure: "failures only"
    case .both: "successes and failures"
    }
  }
}
