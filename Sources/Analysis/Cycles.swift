import RuleModel

/// The strongly connected components of a graph: nodes that all lead to each other, or one alone. A component comes after all that it
/// leads to.
///
/// By Tarjan's algorithm in time linear in the edges, without recursion: chains may be longer than the stack is deep.
///
/// - Parameter successors: for each node, where its edges lead.
func components<Node: ColumnID>(of successors: Column<Node, [Node]>) -> [[Node]] {
  var search = ComponentSearch<Node>(nodes: successors.count)
  for root in successors.indices where search.order[root] == nil { search.run(from: root, successors) }
  return search.components
}

/// Which nodes of a graph lead back to themselves.
func nodesOnCycles<Node: ColumnID>(_ successors: Column<Node, [Node]>) -> Column<Node, Bool> {
  var isOnCycle = Column<Node, Bool>(repeating: false, count: successors.count)
  for component in components(of: successors) {
    for node in component where component.count > 1 || successors[node].contains(node) { isOnCycle[node] = true }
  }
  return isOnCycle
}

/// For each node, the values of all nodes that it leads to, at any depth; its own only where another one's way leads back.
///
/// Each component's set is made once, of the sets of those that it leads to.
///
/// - Parameter values: of a node.
func reachedValues<Node: ColumnID, Value: Hashable>(
  _ successors: Column<Node, [Node]>, values: (Node) -> some Sequence<Value>
) -> Column<Node, Set<Value>> {
  /// Of a node and all that it leads to.
  var whole = Column<Node, Set<Value>>(repeating: [], count: successors.count)
  var reached = whole
  for component in components(of: successors) {
    let isAlone = component.count == 1
    var below: Set<Value> = []
    for node in component {
      for next in successors[node] { below.formUnion(whole[next]) }
      if !isAlone { below.formUnion(values(node)) }
    }
    for node in component { (whole[node], reached[node]) = (isAlone ? below.union(values(node)) : below, below) }
  }
  return reached
}

private struct ComponentSearch<Node: ColumnID> {
  /// When each node was first met.
  private(set) var order: Column<Node, Int?>
  private(set) var components: [[Node]] = []
  /// The earliest node of the stack that each one leads to.
  private var earliest: Column<Node, Int>
  private var isOnStack: Column<Node, Bool>
  private var stack: [Node] = []
  private var met = 0

  init(nodes: Int) {
    order = Column(repeating: nil, count: nodes)
    earliest = Column(repeating: 0, count: nodes)
    isOnStack = Column(repeating: false, count: nodes)
  }

  mutating func run(from root: Node, _ successors: Column<Node, [Node]>) {
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
      if let place = order[next] {
        if isOnStack[next] { earliest[node] = min(earliest[node], place) }
      } else {
        enter(next)
        path.append((next, 0))
      }
    }
  }

  private mutating func enter(_ node: Node) {
    order[node] = met
    earliest[node] = met
    met += 1
    stack.append(node)
    isOnStack[node] = true
  }

  /// Takes off the stack what leads to each other: the node that was met first, and all after it.
  private mutating func leaveComponent(of first: Node) {
    var component: [Node] = []
    while let node = stack.popLast() {
      isOnStack[node] = false
      component.append(node)
      if node == first { break }
    }
    components.append(component)
  }
}
