/// The number of files of each kind. The total is the number of files found.
package struct FileTally: Hashable, Sendable {
  package var rules = 0
  package var correlations = 0
  package var filters = 0
  package var companions = 0
  package var notRules = 0
  package var broken = 0

  package init(_ contents: some Sequence<FileContent>) {
    for content in contents {
      switch content {
      case .rules: rules += 1
      case .correlations: correlations += 1
      case .filters: filters += 1
      case .companion: companions += 1
      case .notARule: notRules += 1
      case .broken: broken += 1
      }
    }
  }

  package var total: Int { rules + correlations + filters + companions + notRules + broken }
}
