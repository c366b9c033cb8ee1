package import Diagnostics

/// A requested change to a scalar in a file.
package struct ScalarEdit: Hashable, Sendable {
  package enum Change: Hashable, Sendable {
    /// The end of its text is replaced.
    case ending(with: String)
    /// It is removed from its list.
    case removal
  }

  /// The start of its node.
  package var position: SourcePosition
  /// What its text is expected to end with.
  package var old: String
  package var change: Change

  package init(at position: SourcePosition, old: String, change: Change) {
    self.position = position
    self.old = old
    self.change = change
  }
}

/// The changes to scalars of a file that are safe to make.
package struct EditedText: Sendable {
  /// In file order.
  package var edits: [ByteEdit] = []
  package var done: [ScalarEdit] = []
  /// Changes that weren't made, each with the reason, as a part of a sentence.
  package var refused: [(edit: ScalarEdit, reason: String)] = []

  package init(
    edits: [ByteEdit] = [], done: [ScalarEdit] = [], refused: [(edit: ScalarEdit, reason: String)] = []
  ) {
    self.edits = edits
    self.done = done
    self.refused = refused
  }
}

/// Changes scalars of a file and no other byte: a text is replaced between its quotes; an item of a YAML list is
/// removed with its line.
///
/// The result is parsed again as a check: except for the changes, it must have the same nodes of the same style in the
/// same order.
///
/// - Parameters:
///   - source: the file's bytes on disk.
///   - format: the format of the file.
package func editScalars(of source: [UInt8], _ edits: [ScalarEdit], as format: DocumentFormat) -> EditedText {
  var result = EditedText()
  func refusingAll(_ reason: String) -> EditedText { EditedText(refused: edits.map { ($0, reason) }) }
  let mark = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  guard let text = try? repairedText(source), text.bytes == Array(source[mark...]) else {
    return refusingAll("the file holds bytes that aren't text; correct them first")
  }
  guard let documents = try? parse(text, as: format) else {
    return refusingAll("the file is no longer \(format.label)")
  }
  let places = ScalarPlaces(of: documents)
  var changed: [Int: Expectation] = [:]
  for edit in edits {
    switch places.change(edit) {
    case .success(let (node, change)):
      result.edits.append(
        ByteEdit(range: change.range.lowerBound + mark..<change.range.upperBound + mark, bytes: change.bytes))
      result.done.append(edit)
      changed[node.index] =
        edit.change == .removal ? .nothing : .text(node.bytes.dropLast(edit.old.utf8.count) + change.bytes)
    case .failure(let refusal): result.refused.append((edit, refusal.reason))
    }
  }
  result.edits.sort { $0.range.lowerBound < $1.range.lowerBound }
  guard zip(result.edits, result.edits.dropFirst()).allSatisfy({ $0.range.upperBound <= $1.range.lowerBound }) else {
    return refusingAll("several changes overlap")
  }
  let after = Array(applying(result.edits, to: source)[mark...])
  guard let again = try? parse(RepairedText(bytes: after, faults: []), as: format), again.count == documents.count,
    zip(documents, again).allSatisfy({ isSame($0, $1, but: changed) })
  else { return refusingAll("the file would read otherwise in other places too") }
  return result
}

/// What a changed scalar must be when the file is parsed again.
private enum Expectation: Equatable {
  case text(ArraySlice<UInt8>)
  case nothing
}

/// Why a scalar wasn't changed.
private struct Refusal: Error {
  var reason: String
}

/// The scalars of a file by their start positions.
private struct ScalarPlaces {
  private var nodes: [SourcePosition: [Node]] = [:]
  /// How often a node occurs in the tree.
  private var uses: [Int: Int] = [:]

  init(of documents: [Node]) {
    for document in documents {
      document.forEachNode { node in
        guard node.kind == .scalar else { return }
        if uses[node.index, default: 0] == 0 { nodes[node.position, default: []].append(node) }
        uses[node.index, default: 0] += 1
      }
    }
  }

  func change(_ edit: ScalarEdit) -> Result<(Node, ByteEdit), Refusal> {
    let old = Array(edit.old.utf8)
    guard let node = nodes[edit.position]?.first(where: { $0.bytes.suffix(old.count) == old[...] }) else {
      return .failure(Refusal(reason: "it is no longer there"))
    }
    guard uses[node.index] == 1 else {
      return .failure(Refusal(reason: "aliases bring it to other places too"))
    }
    guard let range = node.textRange else {
      return .failure(Refusal(reason: "it is written with escapes or over several lines"))
    }
    switch edit.change {
    case .ending(let new):
      return .success((node, ByteEdit(range: range.upperBound - old.count..<range.upperBound, bytes: Array(new.utf8))))
    case .removal:
      guard let line = lineOfItem(node.arena.source, text: range, isQuoted: node.isQuoted) else {
        return .failure(Refusal(reason: "another value or a comment is on its line"))
      }
      return .success((node, ByteEdit(range: line, bytes: [])))
    }
  }
}

/// The line of an item of a block sequence, including its line ending, if nothing else is on it: `  - 'text'`.
private func lineOfItem(_ source: [UInt8], text: Range<Int>, isQuoted: Bool) -> Range<Int>? {
  func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
  let (start, end) =
    isQuoted ? (text.lowerBound - 1, text.upperBound + 1) : (text.lowerBound, text.upperBound)
  let first = source[..<start].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
  let last = source[end...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? source.count
  let before = source[first..<start].drop { $0 == UInt8(ascii: " ") }
  let after = source[end..<last].drop(while: isBlank)
  guard before.first == UInt8(ascii: "-"), before.count > 1, before.dropFirst().allSatisfy(isBlank),
    after.allSatisfy({ $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") })
  else { return nil }
  return first..<last
}

/// Whether two nodes of two files have the same content and style, except for changed scalars of the first.
private func isSame(_ old: Node, _ new: Node, but changed: [Int: Expectation]) -> Bool {
  guard old.kind == new.kind, old.style == new.style else { return false }
  guard old.kind != .scalar else {
    guard case .text(let text)? = changed[old.index] else { return old.bytes == new.bytes }
    return new.bytes == text
  }
  let before = old.children.filter { changed[$0.index] != .nothing }
  let after = new.children
  return before.count == after.count && zip(before, after).allSatisfy { isSame($0, $1, but: changed) }
}

extension Node {
  fileprivate var isQuoted: Bool { style == .singleQuoted || style == .doubleQuoted }

  /// Items, or alternating keys and values, as in the file.
  fileprivate var children: [Node] {
    guard kind != .scalar else { return [] }
    return arena.children[arena.records[index].content].map { Node(arena: arena, index: Int($0)) }
  }
}
