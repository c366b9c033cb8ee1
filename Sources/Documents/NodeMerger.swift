/// Merges mappings of one file without copying their contents.
package struct NodeMerger {
  /// A node, or the result of a merge.
  package struct Handle: Hashable, Sendable {
    fileprivate var index: Int
  }

  private let base: Arena
  private let work: WorkBudget
  private var records: [Arena.Record]
  private var children: [UInt32]

  /// - Parameters:
  ///   - documents: from one call of ``parseYAML(_:replaced:limits:)``; the initializer returns nil if there are none.
  ///   - work: the budget for merging; once it is used up, a merge returns its second mapping.
  package init?(_ documents: [Node], work: WorkBudget) {
    guard let arena = documents.first?.arena else { return nil }
    base = arena
    self.work = work
    records = arena.records
    children = arena.children
  }

  package func handle(of document: Node) -> Handle { Handle(index: document.index) }

  /// Merges the second node into the first: for keys that both have, mappings are merged, and otherwise the second
  /// node's value is used. Keys that only the second has come last.
  package mutating func merge(_ lower: Handle, with upper: Handle) -> Handle {
    guard records[lower.index].kind == .mapping, records[upper.index].kind == .mapping,
      work.spend(nodes: records[lower.index].content.count + records[upper.index].content.count)
    else { return upper }
    var merged: [UInt32] = []
    var places: [ArraySlice<UInt8>: Int] = [:]
    for handle in [lower, upper] {
      let content = records[handle.index].content
      for at in stride(from: content.lowerBound, to: content.upperBound, by: 2) {
        let (key, value) = (children[at], children[at + 1])
        let name = base.text[records[Int(key)].kind == .scalar ? records[Int(key)].content : 0..<0]
        if let place = places[name] {
          merged[place + 1] =
            handle == lower
            ? value : UInt32(merge(Handle(index: Int(merged[place + 1])), with: Handle(index: Int(value))).index)
        } else {
          places[name] = merged.count
          merged += [key, value]
        }
      }
    }
    var record = records[upper.index]
    record.contentStart = UInt32(children.count)
    children += merged
    record.contentEnd = UInt32(children.count)
    records.append(record)
    return Handle(index: records.count - 1)
  }

  /// The nodes for some handles.
  package consuming func nodes(of handles: [Handle]) -> [Node] {
    let arena = Arena(records: records, children: children, text: base.text, source: base.source, lines: base.lines)
    return handles.map { Node(arena: arena, index: $0.index) }
  }
}
