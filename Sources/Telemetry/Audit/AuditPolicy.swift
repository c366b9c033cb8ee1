import Diagnostics
import Events
import RuleModel

/// Which subcategories of Windows' audit policy are audited, as written by `auditpol /get /category:* /r` or `/backup`.
struct AuditPolicy: Sendable {
  private struct Entry: Sendable {
    var name: String
    /// nil for unknown words.
    var setting: AuditPolicyFacts.Setting?
    var location: SourceLocation
    var text: String
  }

  let provider: String
  private let location: SourceLocation
  /// By English name, in lower case.
  private let entries: [String: Entry]
  /// The first row with an unknown subcategory: it may be about any subcategory without a row of its own.
  private let unknown: Entry?
  private let facts: AuditPolicyFacts

  /// What the policy does with an event; nil if its subcategory isn't known.
  ///
  /// An event of several subcategories is recorded if one of them has it. An event for successes needs a subcategory
  /// that audits successes, and likewise for failures; if only one outcome of an event for both is audited, the other
  /// is hidden. A setting that isn't understood may hide everything or nothing.
  func filter(for event: Event, in map: EventMap) -> EventFilter? {
    guard event.provider == provider else { return nil }
    let names = map.requirements(of: event).filter { $0.kind == .auditPolicy }.map { $0.text.lowercased() }
    guard !names.isEmpty else { return nil }
    let audited = names.compactMap { entries[$0] ?? unknown }.filter { $0.setting != AuditPolicyFacts.Setting.none }
    let outcome = facts.outcome(of: event.name)
    var keeps: [FilterClause] = []
    for entry in audited {
      switch (entry.setting, outcome) {
      case (.both, _), (.some, nil), (.success, .success), (.failure, .failure):
        return EventFilter(source: TelemetrySource(.auditPolicy, at: entry.location))
      case (nil, _), (.success, .both), (.failure, .both):
        keeps.append(FilterClause(.opaque(entry.text), at: entry.location, text: entry.text))
      default: break
      }
    }
    let place = keeps.first?.location ?? names.compactMap { entries[$0]?.location }.first ?? location
    return EventFilter(source: TelemetrySource(.auditPolicy, at: place), keeps: keeps)
  }
}

extension AuditPolicy {
  /// Rows are identified by their GUIDs, since the names of columns and subcategories depend on the system's language;
  /// the setting is the number that `/backup` writes in the last column, or a known word. A row that isn't understood
  /// is reported.
  ///
  /// nil, with a diagnostic, if the file isn't an audit policy.
  init?(parsing bytes: [UInt8], of file: SourceFile, facts: AuditPolicyFacts, into diagnostics: inout [Diagnostic]) {
    let table: CSVTable
    do throws(CSVError) {
      table = try CSVTable(parsing: textOfWindows(bytes))
    } catch {
      diagnostics.append(
        Diagnostic(error.id, at: SourceLocation(file, at: error.position), error.message))
      return nil
    }
    var entries: [String: Entry] = [:]
    var unknown: Entry?
    for fault in table.faults {
      diagnostics.append(
        Diagnostic(
          fault.id, at: SourceLocation(file, at: fault.position), severity: .warning, fault.message))
    }
    for (row, isFaulty) in table.rows.map({ ($0.cells, $0.isFaulty) }) {
      guard
        let column = row.firstIndex(where: { AuditPolicy.guid($0.text) != nil || $0.text.inOneLine.hasPrefix("{") })
      else { continue }
      // A backup contains per-user rows, but only the system's policy matters.
      if column >= 2, row[column - 2].text.hasPrefix("S-1-") { continue }
      let place = SourceLocation(file, at: row[column].position)
      guard let name = AuditPolicy.guid(row[column].text).flatMap({ facts.subcategories[$0] }) else {
        let written = shortened(row[column].text)
        diagnostics.append(
          Diagnostic(
            .auditPolicy, at: place,
            "the subcategory '\(written)' isn't known, so that rules on those without their own line are partly blind; correct the line"
          ))
        unknown = unknown ?? Entry(name: written, setting: nil, location: place, text: "subcategory \(written)")
        continue
      }
      let words = [3, 1].compactMap { row.indices.contains(column + $0) ? row[column + $0] : nil }
        .filter { !$0.text.isEmpty }
      var setting = isFaulty ? nil : words.lazy.compactMap { facts.setting(of: $0.text) }.first
      let written = shortened(words.last?.text.inOneLine ?? "")
      if let other = entries[name.lowercased()], other.setting != setting {
        diagnostics.append(
          Diagnostic(
            .auditPolicy, at: place,
            "'\(name)' has another setting at \(other.location), so that rules on it are partly blind; put each policy in its own file"
          ))
        setting = nil
      } else if setting == nil, !isFaulty {
        diagnostics.append(
          Diagnostic(
            .auditPolicy, at: words.last.map { SourceLocation(file, at: $0.position) } ?? place,
            "the setting '\(written)' isn't known, so that rules on '\(name)' are partly blind; save the policy with "
              + "'auditpol /backup', which writes numbers"))
      }
      entries[name.lowercased()] = Entry(
        name: name, setting: setting, location: place, text: "\(name): \(setting?.words ?? "'\(written)'")")
    }
    guard !entries.isEmpty || unknown != nil else {
      diagnostics.append(
        Diagnostic(
          .auditPolicy, at: SourceLocation(file), severity: .error,
          "no line has the GUID of a subcategory; save the policy with 'auditpol /get /category:* /r'"))
      return nil
    }
    (self.entries, self.unknown, self.facts, provider) = (entries, unknown, facts, facts.provider)
    location = SourceLocation(file)
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

extension AuditPolicyFacts {
  /// The setting for a word or number in the file. A replacement character matches any letter: auditpol writes in the
  /// console's own encoding.
  func setting(of text: String) -> Setting? {
    let word = AuditPolicyFacts.key(of: text)
    if let setting = settings[word] { return setting }
    guard word.unicodeScalars.contains("\u{FFFD}") else { return nil }
    let found = settings.filter { known, _ in
      let (known, word) = (known.unicodeScalars, word.unicodeScalars)
      return known.count == word.count
        && zip(known, word).allSatisfy { $0 == $1 || $1 == "\u{FFFD}" && !$0.isASCII }
    }
    let meanings = Set(found.values)
    return meanings.count == 1 ? meanings.first : nil
  }

  /// A word normalised for lookup: in lower case, with one kind of apostrophe.
  static func key(of word: String) -> String { word.inOneLine.lowercased().replacing("\u{2019}", with: "'") }
}
