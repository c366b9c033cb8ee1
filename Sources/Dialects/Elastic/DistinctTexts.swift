/// Unique texts in the order in which they were added.
struct DistinctTexts {
  private(set) var all: [String] = []
  private var known: Set<String> = []

  init(_ texts: [String] = []) { for text in texts { add(text) } }

  mutating func add(_ text: String) {
    if known.insert(text).inserted { all.append(text) }
  }
}
