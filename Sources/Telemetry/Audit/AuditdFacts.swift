import Diagnostics
import Documents
import Events

/// The records of the Linux audit system, and the names and numbers used in its rules.
package struct AuditdFacts: Sendable {
  struct Record: Sendable {
    /// The system calls that produce it; nil for all.
    var calls: [String]?
    /// The calls that must be selected for the record to be complete for its purpose; nil for all that produce it.
    var whole: [String]?
    /// The interfaces that produce it.
    var interfaces: [CallMask.Interface] = CallMask.Interface.allCases
  }

  /// A value of `-F arch=`.
  struct Architecture: Sendable {
    /// The value in records, in hexadecimal.
    var record: String
    /// Whether its programs are 64-bit.
    var isWide: Bool
    /// Whether the numbers of its calls are known.
    var hasNumbers: Bool
  }

  struct FileSystem: Sendable {
    var name: String
    /// Its magic number.
    var number: Int
    /// Its usual mount points.
    var mounts: [String]
  }

  var provider = ""
  /// Records written without any rule.
  var unasked: Set<String> = []
  /// Records written for system calls, by name.
  var records: [String: Record] = [:]
  /// Record numbers by name.
  var types: [String: Int] = [:]
  /// The numbers of records that programs write, to which the `user` list applies.
  var messages: [NamePattern] = []
  /// By name.
  var architectures: [String: Architecture] = [:]
  var fileSystems: [FileSystem] = []
  /// The calls that each letter of a watch's permissions stands for.
  var permissions: [Character: [String]] = [:]
  /// Calls that read or write depending on their flags.
  var opens: [String] = []
  private var numbers: [CallMask.Interface: [String: Int]] = [:]
  /// If a number has several names, the kernel's first.
  private var names: [CallMask.Interface: [Int: [String]]] = [:]

  mutating func add(call name: String, number: Int, of interface: CallMask.Interface) {
    numbers[interface, default: [:]][name] = number
    names[interface, default: [:]][number, default: []].append(name)
  }

  func number(ofCall name: String, in interface: CallMask.Interface) -> Int? { numbers[interface]?[name] }

  func names(ofCall number: Int, in interface: CallMask.Interface) -> [String] { names[interface]?[number] ?? [] }

  func callNames(in interface: CallMask.Interface) -> [String] { numbers[interface].map { $0.keys.sorted() } ?? [] }

  /// The calls with these names, in each interface that has them.
  func mask(
    ofCalls names: some Sequence<String>, in interfaces: [CallMask.Interface] = CallMask.Interface.allCases
  ) -> CallMask {
    var mask = CallMask()
    for interface in interfaces {
      for name in names {
        if let number = number(ofCall: name, in: interface) { mask.insert(number, of: interface) }
      }
    }
    return mask
  }

  /// The calls that produce a record, and those of them that must be selected.
  func masks(of record: Record) -> (calls: CallMask, whole: CallMask) {
    // Calls by 32-bit programs aren't required for a record to be complete.
    let main = record.interfaces.first.map { [$0] } ?? []
    let calls = record.calls.map { mask(ofCalls: $0, in: record.interfaces) } ?? CallMask(all: record.interfaces)
    guard let names = record.whole ?? record.calls else { return (calls, CallMask(all: main)) }
    let whole = mask(ofCalls: names, in: main)
    return (calls, whole.isEmpty ? calls : whole)
  }
}

extension NodeReader {
  /// `auditd.yml`: which records are written, and which calls must be selected for them.
  mutating func readRecords(_ root: Node, into facts: inout AuditdFacts) {
    let keys = ["provider", "unasked", "records", "permissions", "opens", "messages"]
    let parts = values(of: root, in: "the file", keys: keys)
    if let node = parts["provider"] { facts.provider = text(node, in: "'provider'") ?? "" }
    if let node = parts["unasked"] { facts.unasked = Set(texts(node, in: "'unasked'")) }
    if let node = parts["opens"] { facts.opens = texts(node, in: "'opens'") }
    if let node = parts["messages"] {
      facts.messages = texts(node, in: "'messages'").compactMap { NamePattern($0) }
    }
    if let node = parts["permissions"] {
      for (key, value) in pairs(of: node, in: "'permissions'") {
        guard key.text.count == 1, let letter = key.text.first else {
          error(at: key.node, "'\(key.text)' isn't the letter of a permission")
          continue
        }
        facts.permissions[letter] = texts(value, in: "a permission")
      }
    }
    guard let node = parts["records"] else { return }
    for (key, value) in pairs(of: node, in: "'records'") {
      let parts = values(of: value, in: "a record", keys: ["calls", "whole", "through"])
      var record = AuditdFacts.Record()
      record.calls = parts["calls"].map { texts($0, in: "'calls'") }
      record.whole = parts["whole"].map { texts($0, in: "'whole'") }
      if let node = parts["through"] {
        record.interfaces = texts(node, in: "'through'").compactMap { interface($0, node) }
      }
      facts.records[key.text] = record
    }
  }

  /// `audit-numbers.yml`: the meanings of names and numbers.
  mutating func readNumbers(_ root: Node, into facts: inout AuditdFacts) {
    let parts = values(of: root, in: "the file", keys: ["architectures", "filesystems", "types", "calls"])
    if let node = parts["types"] {
      for (key, value) in pairs(of: node, in: "'types'") { facts.types[key.text] = number(value) }
    }
    if let node = parts["architectures"] {
      for (key, value) in pairs(of: node, in: "'architectures'") {
        let parts = values(of: value, in: "an architecture", keys: ["record", "bits", "calls"])
        facts.architectures[key.text] = AuditdFacts.Architecture(
          record: parts["record"].flatMap { text($0, in: "'record'") } ?? "",
          isWide: parts["bits"].flatMap { number($0) } == 64, hasNumbers: parts["calls"] != nil)
      }
    }
    if let node = parts["filesystems"] {
      for (key, value) in pairs(of: node, in: "'filesystems'") {
        let parts = values(of: value, in: "a file system", keys: ["number", "mounts"])
        facts.fileSystems.append(
          AuditdFacts.FileSystem(
            name: key.text, number: parts["number"].flatMap { number($0) } ?? 0,
            mounts: parts["mounts"].map { texts($0, in: "'mounts'") } ?? []))
      }
    }
    guard let node = parts["calls"] else { return }
    for (key, value) in pairs(of: node, in: "'calls'") {
      guard let interface = interface(key.text, key.node) else { continue }
      for (name, value) in pairs(of: value, in: "a table of calls") {
        if let number = number(value) { facts.add(call: name.text, number: number, of: interface) }
      }
    }
  }

  private mutating func interface(_ name: String, _ node: Node) -> CallMask.Interface? {
    if let interface = CallMask.Interface(rawValue: name) { return interface }
    error(at: node, "'\(name)' isn't an interface of system calls")
    return nil
  }

  private mutating func number(_ node: Node) -> Int? {
    if let number = node.text.flatMap({ AuditNumber($0) }) { return number.value }
    error(at: node, "this must be a number")
    return nil
  }
}
