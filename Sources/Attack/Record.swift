import Diagnostics
import Documents
import RuleModel

/// A mapping of the data file, whose fields are asked for by name.
struct Record {
  private let node: Node
  private let fields: [(key: Node, value: Node)]

  init(_ node: Node) throws(DocumentError) {
    guard node.kind == .mapping else {
      throw DocumentError(.attackData, at: node.position, "an object is expected here; correct it")
    }
    self.node = node
    fields = node.entries
  }

  func error(_ message: String) -> DocumentError { DocumentError(.attackData, at: node.position, message) }

  /// The text of a field that each record of its kind has.
  func text(_ key: StaticString) throws(DocumentError) -> String {
    guard let text = value(key)?.text else { throw error("'\(key)' is missing; add it") }
    return text
  }

  /// A field that may be missing, but not malformed.
  func optional<Value>(_ key: StaticString, _ read: (String) -> Value?) throws(DocumentError) -> Value? {
    guard let field = value(key) else { return nil }
    guard let value = field.text.flatMap(read) else {
      throw DocumentError(
        .attackData, at: field.position, "'\(field.text ?? "")' isn't a valid value of '\(key)'; correct it")
    }
    return value
  }

  func id<ID: AttackID>() throws(DocumentError) -> ID {
    guard let id = try optional("id", { ID($0) }) else { throw error("'id' is missing; add it") }
    return id
  }

  func status<ID: AttackID>() throws(DocumentError) -> AttackStatus<ID> {
    if let replacement = try optional("revokedBy", { ID($0) }) { return .revoked(by: replacement) }
    return value("deprecated")?.text == "true" ? .deprecated : .active
  }

  /// Ids with spaces between them: one text for hundreds of ids is read several times as fast as a list.
  func ids<ID: AttackID>(_ key: StaticString) throws(DocumentError) -> [ID] {
    try words(key).map { (word) throws(DocumentError) in
      guard let id = ID(word) else { throw error("'\(word)' in '\(key)' isn't a valid id; correct it") }
      return id
    }
  }

  func words(_ key: StaticString) -> [String] {
    value(key)?.bytes.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) } ?? []
  }

  func texts(_ key: StaticString) throws(DocumentError) -> [String] {
    try items(key).map { (item) throws(DocumentError) in
      guard let text = item.text else {
        throw DocumentError(.attackData, at: item.position, "a text is expected here; correct it")
      }
      return text
    }
  }

  func records(_ key: StaticString) throws(DocumentError) -> [Record] {
    try items(key).map { (item) throws(DocumentError) in try Record(item) }
  }

  /// The items of a list; none where it is missing.
  func items(_ key: StaticString) throws(DocumentError) -> [Node] {
    guard let list = value(key) else { return [] }
    guard list.kind == .sequence else {
      throw DocumentError(.attackData, at: list.position, "'\(key)' must be a list; correct it")
    }
    return list.items
  }

  private func value(_ key: StaticString) -> Node? {
    key.withUTF8Buffer { key in fields.last { $0.key.bytes.elementsEqual(key) }?.value }
  }
}

/// What both kinds of id share: they are read from text, and sort.
protocol AttackID: Hashable, Comparable, Sendable {
  init?(_ text: some StringProtocol)
}

extension TechniqueID: AttackID {}
extension AttackObjectID: AttackID {}
