import Diagnostics

/// One use of a macro in a compiled program.
struct MacroCall {
  var caller: Int
  var callee: Int
  var macro: String
  var location: SourceLocation
  /// Where the callee's variables come from in the caller, by their names in the callee.
  var origins: [String: Scope.Origin]
}

/// Macro calls, direct or indirect, that might recurse endlessly.
///
/// Models are trees, so a recursion ends if, in each cycle of calls, one variable is passed on from itself and descends
/// at least once on each way round: from a model to one inside it.
func endlessCalls(_ calls: [MacroCall]) -> [Diagnostic] {
  let reached = reachable(calls.map { ($0.caller, $0.callee) })
  // The calls of a cycle can reach each other; a cycle is represented by its lowest program number.
  let circles = Dictionary(grouping: calls.filter { reached[$0.callee]?.contains($0.caller) ?? false }) { call in
    reached[call.caller]?.filter { reached[$0]?.contains(call.caller) ?? false }.min() ?? call.caller
  }
  return circles.values.filter { !ends($0) }.flatMap { circle in
    circle.map { call in
      Diagnostic(
        .template, at: call.location,
        """
        the macro '\(call.macro)' may use itself without end; use it inside a 'tal:repeat' over a list of the item \
        itself, under the same name
        """
      )
    }
  }
}

private func ends(_ circle: [MacroCall]) -> Bool {
  let names = Set(circle.flatMap { call in call.origins.filter { $0.key == $0.value.name }.keys })
  return names.contains { name in
    guard circle.allSatisfy({ $0.origins[name]?.name == name }) else { return false }
    let level = circle.filter { $0.origins[name]?.isBelow == false }.map { ($0.caller, $0.callee) }
    return reachable(level).allSatisfy { !$0.value.contains($0.key) }
  }
}

/// For each calling program, all programs that it can reach.
private func reachable(_ edges: [(from: Int, to: Int)]) -> [Int: Set<Int>] {
  var reached = Dictionary(grouping: edges, by: \.from).mapValues { Set($0.map(\.to)) }
  var hasGrown = true
  while hasGrown {
    hasGrown = false
    for (from, targets) in reached {
      let more = targets.reduce(into: targets) { $0.formUnion(reached[$1] ?? []) }
      if more.count > targets.count {
        reached[from] = more
        hasGrown = true
      }
    }
  }
  return reached
}
