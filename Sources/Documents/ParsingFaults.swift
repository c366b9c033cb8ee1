import Diagnostics

/// Findings on what YAML allows although the author is unlikely to have meant it: a repeated key in a mapping, control
/// characters written as escapes, which no page can show, bidirectional controls, and stray tags and anchors.
///
/// - Parameter documents: all from one call of ``parseYAML(_:replaced:limits:)``.
package func parsingFaults(of documents: [Node]) -> [DocumentError] {
  guard let arena = documents.first?.arena else { return [] }
  var faults: [DocumentError] = []
  for (later, earlier) in arena.repeatedKeys {
    let key = Node(arena: arena, index: later)
    let first = Node(arena: arena, index: earlier).position
    faults.append(
      DocumentError(
        .yamlDuplicateKey, at: key.span,
        "the key '\(shortened(key.text ?? ""))' is in line \(first.line) already; the last one holds, so rename or remove one of them"
      ))
  }
  faults += arena.strayMarks.map { strayMark(Node(arena: arena, index: $0)) }
  for index in arena.unshowableScalars {
    let node = Node(arena: arena, index: index)
    let advice = node.escapeLikeAPath.map { "put the text in single quotes if '\($0)' is a backslash and a letter" }
    faults.append(
      DocumentError(
        .forbiddenCharacter, at: node.span,
        "the text has an escaped control character, which is shown as U+FFFD; \(advice ?? "remove it")"))
  }
  // This includes controls in comments. Only if the source itself has none can it be an escape.
  let written = firstDirectionControl(in: arena.source).map { arena.position(ofOffset: $0) }
  if let position = written ?? arena.misleadingScalars.first.map({ Node(arena: arena, index: $0).position }) {
    faults.append(
      DocumentError(
        .bidirectionalControl, at: position,
        "the text has a bidirectional control, which is shown as an escape; remove it unless it belongs there"))
  }
  return faults
}

/// A value like `!important`, which the author is unlikely to have meant as a tag (YAML 1.2.2, section 6.8).
private func strayMark(_ node: Node) -> DocumentError {
  let source = node.arena.source
  let end = source[node.offset...].firstIndex { $0 <= UInt8(ascii: " ") || ",]}".utf8.contains($0) } ?? source.endIndex
  let mark = String(decoding: source[node.offset..<end], as: UTF8.self)
  let kind = mark.hasPrefix("&") ? "an anchor" : "a tag"
  return DocumentError(
    .yamlTag, at: node.position,
    node.kind == .scalar && node.bytes.isEmpty
      ? "'\(shortened(mark))' is \(kind) in YAML, and no value follows it; put the value in single quotes"
      : "'\(shortened(mark))' is \(kind) in YAML and no part of the value; put the value in single quotes if it belongs to it"
  )
}
