import Analysis
import Events
import RuleModel

/// Where the log sources that rules name appear in their list.
struct LogSourcePlan: Sendable {
  /// Most rules first.
  let uses: [LogSourceUse]
  /// The id of each on the page.
  let anchors: [String]
  private let numbers: [LogSourceKey: Int]

  init(_ content: SiteContent) {
    let uses = logSourceUses(of: content.index.rules, in: content.index.events)
    // By name, so that an id doesn't depend on the number of rules.
    let order = uses.indices.sorted { LogSourceKey(uses[$0].logSource) < LogSourceKey(uses[$1].logSource) }
    var anchors = [String](repeating: "", count: uses.count)
    var taken: Set<String> = []
    for number in order {
      let logSource = uses[number].logSource
      let words = [logSource.product, logSource.category, logSource.service].compactMap { $0 }.joined(separator: "-")
      var anchor = "ls-" + RuleKey.slug(ofStem: words).lowercased()
      // A category and a service may have the same name.
      while !taken.insert(anchor).inserted { anchor += "-" }
      anchors[number] = anchor
    }
    (self.uses, self.anchors) = (uses, anchors)
    numbers = uses.indices.reduce(into: [:]) { $0[LogSourceKey(uses[$1].logSource)] = $1 }
  }

  func anchor(of logSource: LogSource) -> String? { numbers[LogSourceKey(logSource)].map { anchors[$0] } }
}
