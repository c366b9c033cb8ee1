import RuleModel

extension AuditRule.Field {
  /// The rule's condition on a record's fields; opaque where the record represents a value differently from the rule,
  /// or only another program can interpret it: user names, exit codes, arguments.
  func condition(_ facts: AuditdFacts) -> Predicate {
    let written = Predicate.opaque("-F \(name)\(comparison)\(value)")
    switch name {
    case "arch", "perm", "msgtype": return .always
    case "path": return comparison == "=" ? test("name", .eq, value) : written
    case "dir": return comparison == "=" ? isBelow(value) : written
    case "exe":
      // The file's own path is case-sensitive: `/bin/SU` is another file.
      let isFile = Predicate.test(Test(field: name, kind: .eq, value: value, modifiers: .cased))
      return comparison == "=" ? isFile : .negation(isFile)
    case "fstype": return fileSystem(facts).map { comparison == "!=" ? .negation($0) : $0 } ?? written
    // The kernel ignores the operator (`audit_filter_rules`).
    case "success":
      guard let number = AuditNumber(value) else { return written }
      return test(name, .eq, number.value == 0 ? "no" : "yes")
    case "uid", "auid", "loginuid", "euid", "suid", "fsuid", "gid", "egid", "sgid", "fsgid", "pid", "ppid", "sessionid":
      return identifier ?? written
    default: return written
    }
  }

  private func test(_ field: String, _ kind: TestKind, _ value: String) -> Predicate {
    .test(Test(field: field, kind: kind, value: value))
  }

  /// A folder and everything in it.
  private func isBelow(_ path: String) -> Predicate {
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    return .disjunction([test("name", .eq, folder), test("name", .startsWith, folder + "/")])
  }

  /// By its usual mount points; nil for an unknown file system.
  private func fileSystem(_ facts: AuditdFacts) -> Predicate? {
    let number = AuditNumber(value)?.value
    let found = facts.fileSystems.filter { $0.name == value.lowercased() || $0.number == number }
    return found.isEmpty ? nil : .disjunction(found.flatMap(\.mounts).map { isBelow($0) })
  }

  /// A user, group, process or session given by number; nil for a name, which only the host can resolve, and for bit
  /// tests.
  private var identifier: Predicate? {
    let field = name == "loginuid" ? "auid" : name == "sessionid" ? "ses" : name
    guard let number = AuditRule.Field.identifier(value) else { return nil }
    // Records interpreted by a program contain words instead.
    let words =
      number == "0" && field.hasSuffix("id") ? ["root"] : number == AuditRule.Field.unset ? ["unset", "-1"] : []
    let isEqual = Predicate.disjunction(([number] + words).map { test(field, .eq, $0) })
    switch comparison {
    case "=": return isEqual
    case "!=": return .negation(isEqual)
    case "<": return .test(Test(field: field, kind: .lt, value: number))
    case "<=": return .test(Test(field: field, kind: .lte, value: number))
    case ">": return .test(Test(field: field, kind: .gt, value: number))
    case ">=": return .test(Test(field: field, kind: .gte, value: number))
    default: return nil
    }
  }

  /// The kernel's value for an unset user: -1, unsigned.
  private static let unset = String(UInt32.max)

  /// A number in the form used in records.
  static func identifier(_ text: String) -> String? {
    if text == "unset" { return unset }
    if text == "root" { return "0" }
    return AuditNumber(text).map { String(UInt32(truncatingIfNeeded: $0.value)) }
  }
}

extension AuditRule {
  /// The possible first arguments of a program whose file is being watched: programs are called by their path, or by
  /// name. A watch that also covers reading or writing isn't meant for the programs in a folder that shells search.
  var nameOfProgram: Predicate {
    guard let path = fields.first(where: { $0.name == "path" || $0.name == "dir" }), permissions?.contains("x") == true,
      path.name == "path" || isWatch && permissions != "x",
      let name = path.value.split(separator: "/").last.map(String.init),
      !path.value.split(separator: "/").contains(where: { $0.hasSuffix("bin") })
    else { return .always }
    func test(_ kind: TestKind, _ value: String) -> Predicate {
      .test(Test(field: "a0", kind: kind, value: value))
    }
    return .disjunction([test(.eq, name), test(.endsWith, "/" + name), test(.contains, name + "/")])
  }

  /// How the rule's fields match the type of a record.
  enum TypeMatch {
    case always, never
    /// The rule names an unknown type.
    case unknown
  }

  /// - Parameter type: the record's number.
  func match(ofType type: Int, _ facts: AuditdFacts) -> TypeMatch {
    var result = TypeMatch.always
    for field in fields where field.name == "msgtype" {
      guard let value = AuditRule.type(field.value, facts) else {
        result = .unknown
        continue
      }
      let isMet =
        switch field.comparison {
        case "=": type == value
        case "!=": type != value
        case "<": type < value
        case "<=": type <= value
        case ">": type > value
        default: type >= value
        }
      if !isMet { return .never }
    }
    return result
  }

  /// A type given by name, by number, or as `UNKNOWN[1338]`.
  static func type(_ text: String, _ facts: AuditdFacts) -> Int? {
    let name = text.uppercased()
    if let type = facts.types[name] ?? AuditNumber(name)?.value { return type }
    guard name.hasPrefix("UNKNOWN["), name.hasSuffix("]") else { return nil }
    return Int(name.dropFirst(8).dropLast())
  }
}
