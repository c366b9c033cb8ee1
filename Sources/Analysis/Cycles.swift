/// Which nodes of a graph lead back to themselves, in time linear in its edges.
///
/// By Tarjan's strongly connected components, without recursion: chains may be longer than the stack is deep.
///
/// - Parameter successors: for each node, where its edges lead.
func nodesOnCycles(_ successors: [[Int]]) -> [Bool] {
  var search = CycleSearch(nodes: successors.count)
  for root in successors.indices where search.order[root] == nil && !successors[root].isEmpty {
    search.run(from: root, successors)
  }
  return search.isOnCycle
}

private struct CycleSearch {
  /// When each node was first met.
  private(set) var order: [Int?]
  private(set) var isOnCycle: [Bool]
  /// The earliest node of the stack that each one leads to.
  private var earliest: [Int]
  private var isOnStack: [Bool]
  private var stack: [Int] = []
  private var met = 0

  init(nodes: Int) {
    order = Array(repeating: nil, count: nodes)
    earliest = Array(repeating: 0, count: nodes)
    isOnStack = Array(repeating: false, count: nodes)
    isOnCycle = Array(repeating: false, count: nodes)
  }

  mutating func run(from root: Int, _ successors: [[Int]]) {
    var path = [(node: root, edge: 0)]
    enter(root)
    while let (node, edge) = path.last {
      guard edge < successors[node].count else {
        path.removeLast()
        if let before = path.last?.node { earliest[before] = min(earliest[before], earliest[node]) }
        if earliest[node] == order[node] { leaveComponent(of: node) }
        continue
      }
      path[path.count - 1].edge += 1
      let next = successors[node][edge]
      if next == node { isOnCycle[node] = true }
      if let place = order[next] {
        if isOnStack[next] { earliest[node] = min(earliest[node], place) }
      } else {
        enter(next)
        path.append((next, 0))
      }
    }
  }

  private mutating func enter(_ node: Int) {
    order[node] = met
    earliest[node] = met
    met += 1
    stack.append(node)
    isOnStack[node] = true
  }

  /// Takes off the stack what leads to each other: the node that was met first, and all after it.
  private mutating func leaveComponent(of first: Int) {
    let isAlone = stack.last == first
    while let node = stack.popLast() {
      isOnStack[node] = false
      if !isAlone { isOnCycle[node] = true }
      if node == first { return }
    }
  }
}
