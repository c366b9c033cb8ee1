import Diagnostics
import Events

/// Reads the lines of audit rules, as auditctl takes them.
struct AuditRuleReader {
  private(set) var rules: [AuditRule] = []
  /// Where auditing as a whole is turned off (`-e 0`).
  private(set) var disabled: SourceLocation?
  private(set) var diagnostics: [Diagnostic] = []

  private static let fields = [
    "a0", "a1", "a2", "a3", "arch", "auid", "devmajor", "devminor", "dir", "egid", "euid", "exe", "exit", "fsgid",
    "fsuid", "filetype", "fstype", "gid", "inode", "key", "msgtype", "obj_uid", "obj_gid", "obj_user", "obj_role",
    "obj_type", "obj_lev_low", "obj_lev_high", "path", "perm", "pers", "pid", "ppid", "saddr_fam", "sessionid",
    "subj_user", "subj_role", "subj_type", "subj_sen", "subj_clr", "sgid", "success", "suid", "uid", "loginuid",
  ]
  /// Options that change nothing of what is recorded, by whether a value follows.
  private static let others: [String: Bool] = [
    "-b": true, "-f": true, "-r": true, "-c": false, "-i": false, "-q": true, "-s": false, "-l": false, "-t": false,
    "--backlog_wait_time": true, "--reset-lost": false, "--reset_backlog_wait_time_actual": false,
    "--loginuid-immutable": false, "--signal": true,
  ]

  /// Files of one host, in the order in which they are loaded.
  mutating func read(_ bytes: [UInt8], path: String) {
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let text = String(decoding: line, as: UTF8.self)
      var words: [Word] = []
      var at = line.startIndex
      for piece in line.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        at = piece.startIndex
        words.append(
          Word(
            text: String(decoding: piece, as: UTF8.self),
            location: SourceLocation(path: path, line: index + 1, column: at - line.startIndex + 1)))
      }
      guard let first = words.first, !first.text.hasPrefix("#") else { continue }
      read(words, text: text.inOneLine)
    }
  }

  private struct Word {
    var text: String
    var location: SourceLocation
  }

  private mutating func read(_ words: [Word], text: String) {
    var rest = words[...]
    var rule: AuditRule?
    var isFirst = false
    var (path, permissions): (Word?, String?) = (nil, nil)
    var calls: Set<String>?
    var (fields, comparisons): ([AuditRule.Field], [String]) = ([], [])
    while let option = rest.popFirst() {
      func value() -> Word? { rest.popFirst() }
      switch option.text {
      case "-D":
        rules = []
        return
      case "-e":
        if let word = value() { disabled = word.text == "0" ? word.location : nil }
      case "-a", "-A":
        guard let word = value() else { return report(option, "'\(option.text)' needs a list and an action") }
        rule = head(of: word, text: text)
        isFirst = option.text == "-A"
        if rule == nil { return }
      case "-w":
        guard let word = value() else { return report(option, "'-w' needs the path of a file or folder") }
        path = word
      case "-p":
        guard let word = value(), word.text.allSatisfy("rwxa".contains) else {
          return report(option, "'-p' needs letters of r, w, x and a")
        }
        permissions = word.text
      case "-k": _ = value()
      case "-S":
        guard let word = value() else { return report(option, "'-S' needs a system call") }
        let names = word.text.split(separator: ",").map(String.init)
        if !names.contains("all") { calls = (calls ?? []).union(names) }
      case "-F":
        guard let word = value() else { return report(option, "'-F' needs a field, an operator and a value") }
        guard let field = field(word) else { return }
        fields.append(field)
      case "-C":
        guard let word = value() else { return report(option, "'-C' needs two fields") }
        comparisons.append(word.text)
      case "-d", "-W":
        return report(option, "rules that take another back aren't followed; remove both")
      default:
        guard let takesValue = AuditRuleReader.others[option.text] else {
          let known = AuditRuleReader.others.keys.sorted() + ["-a", "-w", "-p", "-k", "-S", "-F", "-C", "-D", "-e"]
          let near = option.text.hasPrefix("--") ? nearestName(to: option.text, in: known) : nil
          return report(
            option, "auditctl has no option '\(option.text)'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
        }
        if takesValue { _ = value() }
      }
    }
    if let path {
      // A watch is a rule for access to a path and what is below it (auditctl(8), `-w`).
      var watch = AuditRule(list: .exit, isAlways: true, location: path.location, text: text)
      watch.fields = [
        AuditRule.Field(name: "dir", comparison: "=", value: path.text),
        AuditRule.Field(name: "perm", comparison: "=", value: permissions ?? "rwxa"),
      ]
      rules.append(watch)
    }
    guard var rule else { return }
    (rule.calls, rule.fields, rule.comparisons) = (calls, fields, comparisons)
    isFirst ? rules.insert(rule, at: 0) : rules.append(rule)
  }

  /// `always,exit` or `exit,always`.
  private mutating func head(of word: Word, text: String) -> AuditRule? {
    let parts = word.text.split(separator: ",").map(String.init)
    let actions = parts.filter { $0 == "always" || $0 == "never" }
    let lists = parts.compactMap { AuditRule.List(rawValue: $0) }
    guard parts.count == 2, let action = actions.first, let list = lists.first else {
      let near = parts.filter { !actions.contains($0) && AuditRule.List(rawValue: $0) == nil }.lazy
        .compactMap { nearestName(to: $0, in: ["always", "never"] + AuditRule.List.allCases.map(\.rawValue)) }.first
      report(
        word,
        "'\(word.text)' isn't a list and an action"
          + (near.map { "; did you mean '\($0)'?" } ?? ", such as always,exit"))
      return nil
    }
    // On this list both words mean the same (auditctl(8), `exclude`).
    return AuditRule(
      list: list, isAlways: list == .exclude ? false : action == "always", location: word.location, text: text)
  }

  private mutating func field(_ word: Word) -> AuditRule.Field? {
    let operators = ["!=", "<=", ">=", "&=", "=", "<", ">", "&"]
    guard let at = word.text.firstIndex(where: { "!<>&=".contains($0) }),
      let found = operators.first(where: { word.text[at...].hasPrefix($0) })
    else {
      report(word, "'\(word.text)' has no operator; write field=value")
      return nil
    }
    let name = String(word.text[..<at])
    guard AuditRuleReader.fields.contains(name) else {
      let near = nearestName(to: name, in: AuditRuleReader.fields).map { "; did you mean '\($0)'?" } ?? ""
      report(word, "auditctl has no field '\(name)'\(near)")
      return nil
    }
    return AuditRule.Field(name: name, comparison: found, value: String(word.text[at...].dropFirst(found.count)))
  }

  private mutating func report(_ word: Word, _ message: String) {
    diagnostics.append(Diagnostic(.auditRule, at: word.location, message))
  }
}
