import Documents
import RuleModel

/// Replaces ids of ATT&CK in a file, and changes no other byte.
func editYARAL(_ source: [UInt8], _ edits: [ScalarEdit]) -> EditedText {
  var result = EditedText()
  let starts = lineStarts(of: source)
  var last = 0
  for edit in edits.sorted(by: { $0.position < $1.position }) {
    let old = Array(edit.old.utf8)
    let line = Int(edit.position.line) - 1
    guard starts.indices.contains(line) else {
      result.refused.append((edit, "it is no longer there"))
      continue
    }
    let start = starts[line] + Int(edit.position.column) - 1
    guard TechniqueID(edit.old) != nil || AttackObjectID(edit.old) != nil else {
      result.refused.append((edit, "it is a name, and only ids are written"))
      continue
    }
    guard start + old.count <= source.count, source[start..<start + old.count].elementsEqual(old) else {
      result.refused.append((edit, "it is no longer there"))
      continue
    }
    var change = ByteEdit(range: start..<start + old.count, bytes: [])
    switch edit.change {
    case .ending(let new): change.bytes = Array(new.utf8)
    case .removal:
      guard let range = rangeOfItem(change.range, in: source) else {
        result.refused.append((edit, "nothing else is in its text"))
        continue
      }
      change.range = range
    }
    guard change.range.lowerBound >= last else {
      result.refused.append((edit, "several changes overlap"))
      continue
    }
    last = change.range.upperBound
    result.edits.append(change)
    result.done.append(edit)
  }
  return result
}

/// An item with the comma before it and the blanks around that; for the first item, the comma after it.
private func rangeOfItem(_ item: Range<Int>, in source: [UInt8]) -> Range<Int>? {
  func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
  var start = item.lowerBound
  while start > 0, isBlank(source[start - 1]) { start -= 1 }
  var end = item.upperBound
  while end < source.count, isBlank(source[end]) { end += 1 }
  let endsItem = end < source.count && ",\"`".utf8.contains(source[end])
  if start > 0, source[start - 1] == UInt8(ascii: ","), endsItem { return start - 1..<item.upperBound }
  guard start > 0, "\"`".utf8.contains(source[start - 1]), end < source.count, source[end] == UInt8(ascii: ",") else {
    return nil
  }
  end += 1
  while end < source.count, isBlank(source[end]) { end += 1 }
  return item.lowerBound..<end
}

private func lineStarts(of source: [UInt8]) -> [Int] {
  // A byte order mark isn't part of the first line.
  var starts = [source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
  for (at, byte) in source.enumerated() where byte == UInt8(ascii: "\n") { starts.append(at + 1) }
  return starts
}
