import Diagnostics
import DialectReading

/// A Splunk configuration file: stanzas of settings. A backslash at the end of a line continues its value
/// (Splunk's Admin Manual, “Configuration file structure”).
struct ConfigurationFile {
  struct Setting {
    var key: String
    var text: String
    /// Where each line of the value starts: in the text, and in the file.
    fileprivate(set) var lines: [(offset: Int, position: SourcePosition)]

    /// - Parameter offset: of one of the text's bytes.
    func position(ofByte offset: Int) -> SourcePosition {
      var (low, high) = (0, lines.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if lines[middle].offset <= offset { low = middle } else { high = middle }
      }
      let line = lines[low]
      return SourcePosition(line: Int(line.position.line), column: Int(line.position.column) + offset - line.offset)
    }

    /// - Parameter place: a part of the text, whose lines and columns count from its start.
    func span(of place: SourceSpan) -> SourceSpan {
      func position(_ place: SourcePosition) -> SourcePosition {
        let line = lines[min(Int(place.line), lines.count) - 1].position
        return SourcePosition(line: Int(line.line), column: Int(line.column) + Int(place.column) - 1)
      }
      return SourceSpan(position(place.start), to: place.end.map(position))
    }
  }

  struct Stanza {
    var name: String
    var position: SourcePosition
    fileprivate(set) var settings: [Setting] = []
    private var places: [String: Int] = [:]

    init(name: String, position: SourcePosition) { (self.name, self.position) = (name, position) }

    /// The setting of a key; of several, the last.
    subscript(key: String) -> Setting? { places[key].map { settings[$0] } }

    fileprivate mutating func add(_ setting: Setting) {
      places[setting.key] = settings.count
      settings.append(setting)
    }
  }

  private(set) var stanzas: [Stanza] = []
  /// What every stanza has that doesn't set it itself.
  private(set) var defaults = Stanza(name: "default", position: SourcePosition(line: 1, column: 1))
  /// Lines that mean nothing.
  private(set) var unread: [SourcePosition] = []

  init(_ text: [UInt8]) {
    var stanza: Stanza?
    // Settings after a header that can't be read belong to no stanza.
    var isLost = false
    var setting: Setting?
    for (index, raw) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      var line = raw
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      let continues = line.last == UInt8(ascii: "\\")
      if continues { line.removeLast() }
      // Taken out, so that its text isn't copied for each line.
      if var open = setting.take() {
        open.lines.append((open.text.utf8.count + 1, SourcePosition(line: index + 1, column: 1)))
        open.text += "\n" + String(decoding: line, as: UTF8.self)
        setting = open
      } else {
        let indent = line.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let position = SourcePosition(line: index + 1, column: indent + 1)
        let content = line.dropFirst(indent)
        guard let first = content.first, first != UInt8(ascii: "#") else { continue }
        if first == UInt8(ascii: "["), let close = content.lastIndex(of: UInt8(ascii: "]")) {
          finish(stanza)
          isLost = false
          stanza = Stanza(
            name: String(decoding: content[(content.startIndex + 1)..<close], as: UTF8.self), position: position)
          continue
        }
        if first == UInt8(ascii: "["), content.firstIndex(of: UInt8(ascii: "=")) == nil {
          finish(stanza)
          (stanza, isLost) = (nil, true)
          unread.append(position)
          continue
        }
        // A line that begins with a pipe is a rest of a search.
        guard first != UInt8(ascii: "|"), let sign = content.firstIndex(of: UInt8(ascii: "=")) else {
          unread.append(position)
          continue
        }
        let value = content[(sign + 1)...]
        let spaces = value.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let start = SourcePosition(line: index + 1, column: value.startIndex - raw.startIndex + spaces + 1)
        setting = Setting(
          key: String(decoding: content[..<sign], as: UTF8.self)[...].trimmed(),
          text: String(decoding: value.dropFirst(spaces), as: UTF8.self), lines: [(0, start)])
      }
      if !continues, let finished = setting.take(), !isLost {
        // Settings before the first stanza are defaults as well.
        if stanza == nil { stanza = Stanza(name: "default", position: finished.lines[0].position) }
        stanza?.add(finished)
      }
    }
    if let open = setting, !isLost { stanza?.add(open) }
    finish(stanza)
  }

  private mutating func finish(_ stanza: Stanza?) {
    guard let stanza else { return }
    if stanza.name == "default" {
      for setting in stanza.settings { defaults.add(setting) }
    } else {
      stanzas.append(stanza)
    }
  }

  /// The saved searches, with what the defaults add to them: stanzas with settings that only these have.
  var searches: [SavedSearch] {
    let areDefaultsOfSearches = defaults.settings.contains(where: SavedSearch.isSetting)
    return stanzas.compactMap { stanza in
      let search = SavedSearch(stanza, defaults)
      guard search["search"] != nil, search["definition"] == nil,
        areDefaultsOfSearches || stanza.settings.contains(where: SavedSearch.isSetting)
      else { return nil }
      return search
    }
  }
}

/// A saved search of a configuration file: the settings of its stanza, and of the defaults those that it lacks.
struct SavedSearch {
  private let stanza: ConfigurationFile.Stanza
  private let defaults: ConfigurationFile.Stanza

  fileprivate init(_ stanza: ConfigurationFile.Stanza, _ defaults: ConfigurationFile.Stanza) {
    (self.stanza, self.defaults) = (stanza, defaults)
  }

  var name: String { stanza.name }
  var position: SourcePosition { stanza.position }

  subscript(key: String) -> ConfigurationFile.Setting? { stanza[key] ?? defaults[key] }

  /// Whether any setting is as requested.
  func contains(where isWanted: (ConfigurationFile.Setting) -> Bool) -> Bool {
    stanza.settings.contains(where: isWanted)
      || defaults.settings.contains { isWanted($0) && stanza[$0.key] == nil }
  }

  /// Whether only saved searches have such a setting.
  fileprivate static func isSetting(_ setting: ConfigurationFile.Setting) -> Bool {
    ["action.", "alert.", "dispatch.", "display.", "request."].contains { setting.key.hasPrefix($0) }
      || [
        "cron_schedule", "enableSched", "is_visible", "counttype", "relation", "quantity", "alert_type",
        "schedule_window",
      ]
      .contains(setting.key)
  }
}
