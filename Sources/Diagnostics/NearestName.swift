/// The candidate that differs least from a misspelt name, if it is near enough to be meant: at most a third of its letters differ.
///
/// Ties go to the first candidate, so the answer is the same in each run.
package func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
  let name = Array(name.lowercased().utf8)
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(name, Array(candidate.lowercased().utf8))
    if distance <= max(1, max(name.count, candidate.utf8.count) / 3), distance < best?.distance ?? .max {
      best = (candidate, distance)
    }
  }
  return best?.name
}

/// How many bytes must be inserted, removed, replaced or swapped with their neighbour (optimal string alignment distance).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var rows = [[Int]](repeating: [Int](repeating: 0, count: right.count + 1), count: left.count + 1)
  for i in 0...left.count { rows[i][0] = i }
  for j in 0...right.count { rows[0][j] = j }
  guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
  for i in 1...left.count {
    for j in 1...right.count {
      let change = left[i - 1] == right[j - 1] ? 0 : 1
      rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + change)
      if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
        rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
      }
    }
  }
  return rows[left.count][right.count]
}
