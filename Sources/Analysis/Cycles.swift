import RuleModel

/// The strongly connected components of a graph: groups of nodes that all lead to each other, or single nodes. A
/// component comes after all those that it leads to.
///
/// Uses Tarjan's algorithm, in time linear in the number of edges and without recursion, as chains may be longer than
/// the stack allows.
///
/// - Parameter successors: for each node, the targets of its edges.
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

/// For each node, the values of all nodes that it leads to, at any depth; its own values only if another node leads
/// back to it.
///
/// The set of each component is made once, from the sets of those that it leads to.
///
/// - Parameter values: the values of a node.
func reachedValues<Node: ColumnID, Value: Hashable>(
  _ successors: Column<Node, [Node]>, values: (Node) -> some Sequence<Value>
) -> Column<Node, Set<Value>> {
  /// The values of a node and of all that it leads to.
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
  /// The order in which nodes were first visited.
  private(set) var order: Column<Node, Int?>
  private(set) var components: [[Node]] = []
  /// The earliest node on the stack that each node leads to.
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

  /// Removes a component from the stack: the node that was visited first, and all after it.
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
