import Diagnostics
import DialectReading
import QueryLanguages
import RuleModel

/// The tactics and techniques under any key that names them: ids in either case, or whole names, with commas between
/// them.
extension RuleReader {
  mutating func readAttack() {
    for entry in meta.takeAll(where: RuleReader.isAttackKey) where !entry.value.contains("://") {
      for name in AttackNameList(entry.value).names { rule.add(tag(name, in: entry)) }
    }
    guard let entry = meta.take(["tags", "tag"]) else { return }
    for name in AttackNameList(entry.value, isSplit: false).names {
      rule.tags.append(name.namespace + name.text)
      if !name.namespace.isEmpty { rule.add(tag(name, in: entry)) }
    }
  }

  private static func isAttackKey(_ key: String) -> Bool {
    guard !key.hasSuffix("version"), !key.hasSuffix("url"), !key.hasSuffix("description") else { return false }
    return ["mitre", "technique", "tactic"].contains { key.contains($0) }
      || ["attack", "attack_id", "attack_ids"].contains(key)
  }

  private func tag(_ name: AttackNameList.Name, in entry: YARALRule.Entry) -> AttackTag {
    // Where the text is written with escapes, the place of a part of it isn't known.
    let place =
      entry.literal.map { $0.lowerBound + name.span.lowerBound..<$0.lowerBound + name.span.upperBound }
      ?? entry.valueSpan
    let tag = AttackTag(name.text, at: span(place))
    if case .tacticName = tag.target { return AttackTag(name: name.text, at: span(place)) }
    return tag
  }
}

/// Ids and names in one text.
struct AttackNameList {
  struct Name {
    /// Without `attack.`.
    var text: String
    var namespace = ""
    /// Of the text, in bytes.
    var span: Range<Int>
  }

  private(set) var names: [Name] = []

  /// - Parameter isSplit: whether words beside an id are left out: `T1003.001 - LSASS Memory`.
  init(_ text: String, isSplit: Bool = true) {
    let bytes = Array(text.utf8)
    var start = 0
    for end in bytes.indices where ",;|\n".utf8.contains(bytes[end]) {
      add(bytes, start..<end, isSplit)
      start = end + 1
    }
    add(bytes, start..<bytes.count, isSplit)
  }

  private mutating func add(_ bytes: [UInt8], _ range: Range<Int>, _ isSplit: Bool) {
    var range = range
    while let first = range.first, bytes[first] <= UInt8(ascii: " ") { range = first + 1..<range.upperBound }
    while let last = range.last, bytes[last] <= UInt8(ascii: " ") { range = range.lowerBound..<last }
    guard !range.isEmpty else { return }
    var ids: [Name] = []
    if isSplit {
      var start = range.lowerBound
      for end in range.lowerBound...range.upperBound
      where end == range.upperBound || !isNameByte(bytes[end]) {
        let name = Name(text: String(decoding: bytes[start..<end], as: UTF8.self), span: start..<end).withoutNamespace
        if TechniqueID(name.text) != nil || AttackObjectID(name.text) != nil { ids.append(name) }
        start = end + 1
      }
    }
    let whole = Name(text: String(decoding: bytes[range], as: UTF8.self), span: range).withoutNamespace
    names += ids.isEmpty ? [whole] : ids
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte | 0x20 {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: byte == UInt8(ascii: ".")
    }
  }
}

extension AttackNameList.Name {
  fileprivate var withoutNamespace: Self {
    let prefix = "attack."
    guard text.utf8.count > prefix.utf8.count, text.prefix(prefix.count).lowercased() == prefix else { return self }
    var name = self
    name.namespace = String(text.prefix(prefix.count))
    name.text = String(text.dropFirst(prefix.count))
    name.span = span.lowerBound + prefix.utf8.count..<span.upperBound
    return name
  }
}
