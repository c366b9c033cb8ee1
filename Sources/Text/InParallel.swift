/// Maps items on several threads, in chunks large enough to outweigh the cost of a task; the results are in item order.
///
/// - Parameters:
///   - jobs: how many chunks are processed at a time.
///   - chunk: the number of items in a chunk.
package func inParallel<Item: Sendable, Result: Sendable>(
  _ items: [Item], jobs: Int, chunk size: Int = 64, _ transform: @escaping @Sendable (Item) -> Result
) async -> [Result] {
  let chunks = stride(from: 0, to: items.count, by: size).map { items[$0..<min($0 + size, items.count)] }
  return await withTaskGroup(of: (Int, [Result]).self) { group in
    var results = [[Result]](repeating: [], count: chunks.count)
    var next = 0
    func addTask() {
      guard next < chunks.count else { return }
      let (index, chunk) = (next, chunks[next])
      next += 1
      group.addTask { (index, chunk.map(transform)) }
    }
    for _ in 0..<max(1, jobs) { addTask() }
    for await (index, result) in group {
      results[index] = result
      addTask()
    }
    return results.flatMap { $0 }
  }
}
