/// What YAML lets pass although its author can hardly mean it: a key twice in one mapping, control characters written as
/// escapes, which no page can show, and bidirectional controls.
///
/// - Parameter documents: all of one call of ``parseYAML(_:limits:)``.
package func parsingFaults(of documents: [Node]) -> [DocumentError] {
  guard let arena = documents.first?.arena else { return [] }
  var faults: [DocumentError] = []
  for (later, earlier) in arena.repeatedKeys {
    let key = Node(arena: arena, index: later)
    let first = Node(arena: arena, index: earlier).position
    faults.append(
      DocumentError(
        .yamlDuplicateKey, at: key.position,
        "the key '\(key.text ?? "")' stands in line \(first.line) already; the last one holds, so rename or remove one of them"
      ))
  }
  for index in arena.unshowableScalars {
    faults.append(
      DocumentError(
        .forbiddenCharacter, at: Node(arena: arena, index: index).position,
        "the text has an escaped control character, which is shown as U+FFFD; remove it"))
  }
  // In comments, too; only where the source itself has none can it be an escape.
  let written = firstDirectionControl(in: arena.source).map { arena.position(ofOffset: $0) }
  if let position = written ?? arena.misleadingScalars.first.map({ Node(arena: arena, index: $0).position }) {
    faults.append(
      DocumentError(
        .bidirectionalControl, at: position,
        "the text has a bidirectional control, which is shown as an escape; remove it unless it is meant"))
  }
  return faults
}
