import Diagnostics
import Events

/// Reads one line of audit rules, following auditctl.
///
/// - SeeAlso: `setopt` in src/auditctl.c, `audit_rule_fieldpair_data` in lib/libaudit.c of audit 4.2.
struct AuditRuleParser {
  let facts: AuditdFacts
  /// Syntax that another version of auditctl may accept, but that isn't known here.
  private(set) var doubts: [Diagnostic] = []
  /// Findings worth reporting that don't prevent a rule from loading.
  private(set) var remarks: [Diagnostic] = []

  private var command = AuditCommand.other
  private var rule: AuditRule?
  private var isFirst = false
  private var isDeletion = false
  /// `-w` or `-W`.
  private var isWatch = false
  private var architecture: AuditArchitecture?
  private var calls: CallMask?
  private var unknownCalls: [String] = []
  private var key: AuditWord?
  /// Whether the line has an option that a key can belong to.
  private var takesKey = false
  private let text: String

  init(facts: AuditdFacts, text: String) { (self.facts, self.text) = (facts, text) }

  /// - Throws: if auditctl rejects the line.
  mutating func command(of words: [AuditWord]) throws(AuditRefusal) -> AuditCommand {
    var options = AuditOptions(words)
    while let option = try options.next() {
      guard let name = option.name else {
        let written = option.word.text
        let near = AuditOptions.nearest(to: written).map { "; did you mean '\($0)'?" } ?? ""
        doubt(option.word, "auditctl has no option '\(shortened(written))'\(near)")
        continue
      }
      if let value = option.value {
        try take(name, option.word, value)
        continue
      }
      // An option without a value takes effect at once, and ends the line.
      switch name {
      case "-c", "-i": command = .goOn
      case "-D": command = .clear(key: try keyOfClear(&options), at: option.word.location)
      default: command = .other
      }
      guard options.isAtEnd else {
        throw AuditRefusal(option.word, "'\(name)' must be the only option of its line; remove what follows")
      }
      if rule != nil {
        remarks.append(
          Diagnostic(
            .auditRule, at: option.word.location,
            "auditctl adds no rule from a line with '\(name)'; write it on its own line"))
      }
      return command
    }
    return try finished()
  }

  private func keyOfClear(_ options: inout AuditOptions) throws(AuditRefusal) -> String? {
    guard let option = try options.next() else { return nil }
    guard option.name == "-k", let value = option.value, options.isAtEnd else {
      throw AuditRefusal(option.word, "'-D' is alone in its line, or with one '-k'; remove what follows")
    }
    return value.text
  }

  private mutating func take(_ name: String, _ option: AuditWord, _ value: AuditWord) throws(AuditRefusal) {
    switch name {
    case "-a", "-A", "-d":
      try start(value)
      (isFirst, isDeletion) = (name == "-A", name == "-d")
    case "-w", "-W":
      try watch(value)
      isDeletion = name == "-W"
    case "-p": try permissions(value, option)
    case "-S": try calls(value)
    case "-F": try field(value)
    case "-C": try compare(value)
    case "-k":
      guard rule != nil, takesKey else { throw AuditRefusal(option, AuditRuleParser.strayKey) }
      rule?.keys.append(value.text)
    case "-e":
      guard let state = ["0", "1", "2"].firstIndex(of: value.text) else {
        throw AuditRefusal(value, "'-e' needs 0, 1 or 2")
      }
      command = .enable(state, at: value.location)
    case "-f":
      guard ["0", "1", "2"].contains(value.text) else { throw AuditRefusal(value, "'-f' needs 0, 1 or 2") }
    case "-b", "-r", "--backlog_wait_time":
      guard AuditNumber(value.text).map({ $0.value >= 0 }) == true else {
        throw AuditRefusal(value, "'\(name)' needs a number")
      }
    case "-R": throw AuditRefusal(option, "a file of rules can't read another; name both in the telemetry file")
    default: break
    }
  }

  private static let strayKey = "a key needs a system call, a path or a program before it; move it to the end"

  private mutating func doubt(_ word: AuditWord, _ message: String) {
    doubts.append(Diagnostic(.auditRule, at: word.location, message))
  }

  private func finished() throws(AuditRefusal) -> AuditCommand {
    guard var rule else { return command }
    if let key, !takesKey { throw AuditRefusal(key, AuditRuleParser.strayKey) }
    switch rule.list {
    case .task, .user, .exclude, .filesystem: break
    case .exit: rule.calls = calls ?? CallMask(all: architecture?.interfaces ?? AuditArchitecture.both)
    case .uring: rule.calls = calls ?? CallMask(all: [.uring])
    }
    rule.unknownCalls = unknownCalls
    rule.doubts = doubts.isEmpty ? [] : [text]
    return isDeletion ? .delete(rule) : .add(rule, isFirst: isFirst)
  }
}

// MARK: List and action

extension AuditRuleParser {
  /// `always,exit` or `exit,always`.
  private mutating func start(_ word: AuditWord) throws(AuditRefusal) {
    guard rule == nil else { throw AuditRefusal(word, "a line holds one rule; write another line") }
    let parts = word.text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let actions = parts.filter { $0 == "always" || $0 == "never" }
    // `entry` is a list from before Linux 3.0; auditctl 2 treated its rules as `exit`.
    let lists = parts.compactMap { AuditRule.List(rawValue: $0.lowercased()) ?? ($0 == "entry" ? .exit : nil) }
    guard parts.count == 2, let action = actions.first, let list = lists.first else {
      let known = ["always", "never"] + AuditRule.List.allCases.map(\.rawValue)
      let near = parts.filter { !known.contains($0) }.lazy.compactMap { nearestName(to: $0, in: known) }.first
      throw AuditRefusal(
        word,
        "'\(shortened(word.text))' isn't a list and an action"
          + (near.map { "; did you mean '\($0)'?" } ?? ", such as always,exit"))
    }
    if list == .task, calls != nil { throw AuditRuleParser.noCalls(word, list) }
    // On the `exclude` list both words mean the same (auditctl(8)).
    rule = AuditRule(
      list: list, isAlways: list == .exclude ? false : action == "always", location: word.location, text: text)
  }

  /// A watch is a rule for access to a path and everything below it (auditctl(8), `-w`).
  private mutating func watch(_ word: AuditWord) throws(AuditRefusal) {
    guard rule == nil else {
      throw AuditRefusal(word, "a watch and a rule can't share a line; write it on its own line")
    }
    guard word.text.hasPrefix("/") else {
      let quotes = word.text.hasPrefix("\"") || word.text.hasPrefix("'")
      throw AuditRefusal(
        word, "the path must start with '/'" + (quotes ? "; auditctl doesn't read quotes, so remove them" : ""))
    }
    var path = word.text
    while path.utf8.count > 2, path.hasSuffix("/") { path.removeLast() }
    (isWatch, takesKey, calls) = (true, true, CallMask(all: AuditArchitecture.both))
    rule = AuditRule(
      list: .exit, isAlways: true, isWatch: !word.text.hasSuffix("/"), location: word.location, text: text)
    rule?.fields = [
      AuditRule.Field(name: "dir", comparison: "=", value: path),
      AuditRule.Field(name: "perm", comparison: "=", value: "rwxa"),
    ]
  }

  private mutating func permissions(_ word: AuditWord, _ option: AuditWord) throws(AuditRefusal) {
    guard rule?.fields.isEmpty == false else { throw AuditRefusal(option, "'-p' needs a watch before it") }
    try AuditRuleParser.check(permissions: word.text, option)
    let field = AuditRule.Field(name: "perm", comparison: "=", value: word.text)
    if let index = rule?.fields.firstIndex(where: { $0.name == "perm" }) {
      rule?.fields[index] = field
    } else {
      rule?.fields.append(field)
    }
    takesKey = true
  }

  private static func check(permissions letters: String, _ place: AuditWord) throws(AuditRefusal) {
    guard letters.count <= 4, letters.lowercased().allSatisfy("rwxa".contains) else {
      throw AuditRefusal(place, "'\(place.text.hasPrefix("-p") ? "-p" : "perm")' needs letters of r, w, x and a")
    }
  }
}

// MARK: System calls

extension AuditRuleParser {
  private static func noCalls(_ word: AuditWord, _ list: AuditRule.List) -> AuditRefusal {
    AuditRefusal(word, "the list '\(list.rawValue)' takes no system calls; remove '-S'")
  }

  /// Names and numbers, comma-separated, or `all`. An unknown one may be any call.
  private mutating func calls(_ word: AuditWord) throws(AuditRefusal) {
    if let list = rule?.list, list != .exit, list != .uring { throw AuditRuleParser.noCalls(word, list) }
    let isUring = rule?.list == .uring
    let interfaces = isUring ? [.uring] : architecture?.interfaces ?? AuditArchitecture.both
    // auditctl looks names up in the machine's own table, and the kernel compares only numbers, whatever the program.
    let table = isUring ? .uring : architecture?.table ?? .native
    var mask = calls ?? CallMask()
    for name in word.text.split(separator: ",").map(String.init) {
      if name == "all" {
        mask = mask.union(CallMask(all: interfaces))
      } else if let number = number(ofCall: name, in: table, word) {
        for interface in interfaces { mask.insert(number, of: interface) }
      } else {
        unknownCalls.append(name)
        mask = mask.union(CallMask(all: interfaces))
      }
    }
    (calls, takesKey) = (mask, true)
  }

  private mutating func number(ofCall name: String, in table: CallMask.Interface, _ word: AuditWord) -> Int? {
    if let number = facts.number(ofCall: name.lowercased(), in: table) { return number }
    if let number = AuditNumber(name)?.value {
      if architecture?.hasNumbers == false {
        doubt(word, "what \(number) is on this architecture isn't known here; write the system call's name")
        return nil
      }
      if (0..<CallMask.count).contains(number) { return number }
    }
    let others = [CallMask.Interface.native, .compat].filter { $0 != table && table != .uring }
    let what = table == .uring ? "operation of io_uring" : "system call of \(table.rawValue)"
    if let other = others.first(where: { facts.number(ofCall: name.lowercased(), in: $0) != nil }) {
      doubt(
        word,
        "'\(shortened(name))' isn't a known \(what); write a rule with '-F arch=\(other == .native ? "b64" : "b32")' for it"
      )
    } else {
      let near = nearestName(to: name, in: facts.callNames(in: table)).map { "; did you mean '\($0)'?" } ?? ""
      doubt(word, "'\(shortened(name))' isn't a known \(what)\(near)")
    }
    return nil
  }
}

// MARK: Fields

extension AuditRuleParser {
  /// In the order in which auditctl searches for them, wherever they occur in the text.
  private static let operators = ["!=", ">=", "<=", "&=", "=", ">", "<", "&"]
  private static let anywhere: Set<String> = [
    "a0", "a1", "a2", "a3", "arch", "auid", "loginuid", "egid", "euid", "exe", "fsgid", "fsuid", "gid", "key", "pers",
    "pid",
    "saddr_fam", "sessionid", "sgid", "subj_user", "subj_role", "subj_type", "subj_sen", "subj_clr", "suid", "uid",
    "field_compare",
  ]
  private static let withBits: Set<String> = ["a0", "a1", "a2", "a3", "pers", "devminor"]
  private static let ofExit: Set<String> = [
    "devmajor", "devminor", "dir", "exit", "filetype", "inode", "obj_uid", "obj_gid", "obj_user", "obj_role",
    "obj_type",
    "obj_lev_low", "obj_lev_high", "path", "ppid", "success",
  ]

  private mutating func field(_ word: AuditWord) throws(AuditRefusal) {
    guard let list = rule?.list else { throw AuditRefusal(word, "a list must be given before a field; start with -a") }
    guard !isWatch else { throw AuditRefusal(word, "a watch takes no fields; write it as a rule with -a") }
    if word.text.hasPrefix("key=") {
      key = word
      rule?.keys.append(String(word.text.dropFirst(4)))
      return
    }
    guard
      let (comparison, range) = AuditRuleParser.operators.lazy
        .compactMap({ sign in word.text.firstRange(of: sign).map { (sign, $0) } }).first
    else { throw AuditRefusal(word, "'\(shortened(word.text))' has no operator; write field=value") }
    let field = AuditRule.Field(
      name: word.text[..<range.lowerBound].lowercased(), comparison: comparison,
      value: String(word.text[range.upperBound...]))
    guard !field.name.isEmpty, !field.value.isEmpty else {
      throw AuditRefusal(word, "'\(shortened(word.text))' lacks a field or a value; write field=value")
    }
    try check(field, on: list, word)
    try checkOperator(of: field, word)
    rule?.fields.append(field)
  }

  /// The kernel tests bits for only a few fields, and order only for numbers (`audit_field_valid`).
  private func checkOperator(of field: AuditRule.Field, _ word: AuditWord) throws(AuditRefusal) {
    let name = field.name
    let isText =
      ["subj_user", "subj_role", "subj_type", "obj_user", "obj_role", "obj_type", "filetype", "field_compare"]
      .contains(name)
    if isText, field.comparison != "=", field.comparison != "!=" {
      throw AuditRefusal(word, "'\(name)' takes = and != only")
    }
    let isKnown =
      AuditRuleParser.anywhere.contains(name) || AuditRuleParser.ofExit.contains(name) || name == "msgtype"
    guard field.comparison.hasPrefix("&"), isKnown, !AuditRuleParser.withBits.contains(name) else { return }
    throw AuditRefusal(
      word, "'\(name)' doesn't take '\(field.comparison)': bits are tested of a0 to a3, pers and devminor only")
  }

  private mutating func check(_ field: AuditRule.Field, on list: AuditRule.List, _ word: AuditWord) throws(AuditRefusal)
  {
    let (name, value) = (field.name, field.value)
    func needs(_ lists: AuditRule.List...) throws(AuditRefusal) {
      guard !lists.contains(list) else { return }
      throw AuditRefusal(
        word, "'\(name)' is for the list \(lists.map { "'\($0.rawValue)'" }.joined(separator: " or ")) only")
    }
    func equals(_ signs: String...) throws(AuditRefusal) {
      guard !signs.contains(field.comparison) else { return }
      throw AuditRefusal(word, "'\(name)' takes \(signs.joined(separator: " and ")) only")
    }
    switch name {
    case "arch":
      try equals("=", "!=")
      guard calls == nil else { throw AuditRefusal(word, "'arch' must come before '-S'; move it") }
      architecture = AuditArchitecture(field, facts)
      if architecture == nil {
        let near = nearestName(to: value, in: ["b64", "b32"] + facts.architectures.keys.sorted())
        doubt(
          word, "auditctl has no architecture '\(shortened(value))'" + (near.map { "; did you mean '\($0)'?" } ?? ""))
      }
    case "msgtype":
      try needs(.exclude, .user)
      if AuditRule.type(value, facts) == nil {
        let near = nearestName(to: value, in: facts.types.keys.sorted()).map { "; did you mean '\($0)'?" } ?? ""
        doubt(word, "auditctl has no record type '\(shortened(value))'\(near)")
      }
    case "perm":
      try needs(.exit, .exclude)
      try equals("=")
      try AuditRuleParser.check(permissions: value, word)
      takesKey = true
    case "path", "dir":
      try needs(.exit)
      try equals("=")
      // The kernel accepts no other paths (`audit_to_watch`, `audit_make_tree`).
      guard value.hasPrefix("/"), name == "dir" || !value.hasSuffix("/") else {
        throw AuditRefusal(
          word,
          value.hasPrefix("/") ? "'path' is of a file; write dir=\(value) for a folder" : "a path must start with '/'")
      }
      guard rule?.fields.contains(where: { $0.name == "path" || $0.name == "dir" }) == false else {
        throw AuditRefusal(word, "a rule has one path or folder; write another rule")
      }
      takesKey = true
    case "exe":
      try equals("=", "!=")
      takesKey = true
    case "fstype":
      try needs(.filesystem)
      try equals("=", "!=")
      let isKnown = facts.fileSystems.contains { $0.name == value.lowercased() } || AuditNumber(value) != nil
      if !isKnown {
        let near = nearestName(to: value, in: facts.fileSystems.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""
        doubt(word, "auditctl has no file system '\(shortened(value))'\(near)")
      }
      takesKey = true
    case "success", "pid", "ppid", "pers", "devmajor", "devminor", "inode":
      if AuditRuleParser.ofExit.contains(name) { try needs(.exit) }
      guard AuditNumber(value) != nil, !value.hasPrefix("-") else {
        let advice = name == "success" ? ": 1 for yes, 0 for no" : ""
        throw AuditRefusal(word, "'\(name)' needs a number\(advice)")
      }
    case "uid", "auid", "loginuid", "euid", "suid", "fsuid", "gid", "egid", "sgid", "fsgid":
      // This doesn't make the line doubtful: the host knows the name.
      if AuditRule.Field.identifier(value) == nil {
        remarks.append(
          Diagnostic(
            .auditRule, at: word.location, severity: .note,
            "which number '\(shortened(value))' has isn't known here, so that rules are partly blind; write the number")
        )
      }
    default:
      if AuditRuleParser.ofExit.contains(name) {
        try needs(.exit)
      } else if !AuditRuleParser.anywhere.contains(name) {
        let known = AuditRuleParser.anywhere.union(AuditRuleParser.ofExit).union(["msgtype", "perm", "fstype"])
        let near = nearestName(to: name, in: known.sorted()).map { "; did you mean '\($0)'?" } ?? ""
        doubt(word, "auditctl has no field '\(shortened(name))'\(near)")
      }
    }
  }

  private mutating func compare(_ word: AuditWord) throws(AuditRefusal) {
    guard rule?.list == .exit, !isWatch else {
      throw AuditRefusal(word, "'-C' is for rules of the list 'exit' only")
    }
    guard word.text.contains("=") else { throw AuditRefusal(word, "'-C' needs two fields") }
    rule?.comparisons.append(word.text)
  }
}
