import Diagnostics
import Documents
import Events

/// Loads audit rules as auditctl does: one file, or the joined files of a folder, line by line.
///
/// A line that auditctl rejects ends the file, unless `-c` or `-i` comes before it. A line with a name that isn't known
/// here may be valid on the host: it is left open whether its rule, and the rest of the file, can be loaded.
struct AuditRuleReader {
  let facts: AuditdFacts
  /// The rules with their order; a prepended rule has a place below zero.
  private var loaded: [AuditRule.Identity: (place: Int, rule: AuditRule)] = [:]
  private var (lowest, highest) = (0, 0)
  /// Where auditing is turned off altogether (`-e 0`).
  private(set) var disabled: SourceLocation?
  /// Where rules are locked (`-e 2`): nothing after it is loaded.
  private var locked: SourceLocation?
  private(set) var diagnostics: [Diagnostic] = []
  /// Files that aren't text.
  private(set) var unread: [SourceFile] = []

  init(facts: AuditdFacts) { self.facts = facts }

  /// In the order in which the kernel evaluates them, list by list.
  var rules: [AuditRule] { loaded.values.sorted { $0.place < $1.place }.map(\.rule) }

  /// Reads a file as `auditctl -R` loads it.
  mutating func read(_ file: SourceFile) { load(lines(of: file)) }

  /// Reads the files of a folder as augenrules(8) joins them: the last `-D` first, the last `-e` at the end, everything
  /// else in the order of files and lines.
  ///
  /// - Parameter files: in natural order of their names.
  mutating func read(folder files: [SourceFile]) {
    var (clear, enable): (AuditLine?, AuditLine?) = (nil, nil)
    var others: [AuditLine] = []
    for file in files {
      for line in lines(of: file) {
        let text = line.bytes.drop { $0 == 0x20 || $0 == 0x09 }
        if text.starts(with: "-e".utf8) {
          enable = line
        } else if text.starts(with: "-D".utf8), text.dropFirst(2).allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
          clear = line
        } else {
          others.append(line)
        }
      }
    }
    load([clear].compactMap { $0 } + others + [enable].compactMap { $0 })
  }

  /// Without empty lines and comments.
  private mutating func lines(of file: SourceFile) -> [AuditLine] {
    let text: ArraySlice<UInt8>
    do throws(DocumentError) {
      text = try textWithoutMark(file.bytes ?? [])
    } catch {
      diagnostics.append(error.diagnostic(in: file))
      unread.append(file)
      return []
    }
    var lines: [AuditLine] = []
    for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      // augenrules removes the carriage return.
      let line = line.last == 0x0D ? line.dropLast() : line
      let first = line.first { $0 != 0x20 && $0 != 0x09 }
      guard let first, first != UInt8(ascii: "#") else { continue }
      lines.append(AuditLine(file: file, number: index + 1, bytes: Array(line)))
    }
    return lines
  }

  private mutating func load(_ lines: [AuditLine]) {
    var goesOn = false
    /// A line that may have ended the file.
    var doubt: AuditLine?
    for (index, line) in lines.enumerated() {
      var parser = AuditRuleParser(facts: facts, text: String(decoding: line.bytes, as: UTF8.self).inOneLine)
      do throws(AuditRefusal) {
        let command = try parser.command(of: line.words)
        diagnostics += parser.doubts + parser.remarks
        if case .goOn = command { goesOn = true }
        try run(command, doubt: doubt)
      } catch {
        diagnostics.append(Diagnostic(.auditRule, at: error.location, error.message))
        // Once set, it applies to everything that follows.
        guard goesOn, locked == nil else { return reportUnread(lines[(index + 1)...], after: line) }
      }
      if !parser.doubts.isEmpty, !goesOn { doubt = doubt ?? line }
    }
  }

  private mutating func run(_ command: AuditCommand, doubt: AuditLine?) throws(AuditRefusal) {
    guard let location = command.location else { return }
    func refusal(_ message: String) -> AuditRefusal { AuditRefusal(AuditWord(text: "", location: location), message) }
    if let locked {
      throw refusal("'-e 2' at \(locked) locks the rules, and nothing after it is loaded; move it to the end")
    }
    switch command {
    case .goOn, .other: break
    case .enable(let state, let location):
      disabled = state == 0 ? location : nil
      if state == 2 { locked = location }
    case .clear(let key, _):
      loaded = loaded.filter { entry in key.map { !entry.value.rule.keys.contains($0) } ?? false }
    case .delete(let rule):
      guard loaded.removeValue(forKey: rule.identity) != nil else {
        throw refusal("no such rule is loaded, so there is nothing to delete; remove the line")
      }
    case .add(var rule, let isFirst):
      if let same = loaded[rule.identity]?.rule {
        throw refusal("the rule is already loaded, from \(same.location); remove one of them")
      }
      if let doubt { rule.doubts.append("\(rule.text) (if it is loaded: see line \(doubt.number))") }
      if isFirst { lowest -= 1 } else { highest += 1 }
      loaded[rule.identity] = (isFirst ? lowest : highest, rule)
    }
  }

  private mutating func reportUnread(_ lines: ArraySlice<AuditLine>, after line: AuditLine) {
    guard locked == nil, let first = lines.first, let word = first.words.first else { return }
    diagnostics.append(
      Diagnostic(
        .auditRule, at: word.location,
        "auditctl stops at line \(line.number) and doesn't load what follows; correct that line, or write '-c' above it"
      ))
  }
}
