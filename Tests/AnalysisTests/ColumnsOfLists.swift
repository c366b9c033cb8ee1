import Events
import RuleModel

@testable import Analysis

// Rules of a test are in a list that grows; the analysis takes them as a column.

extension RuleReferences {
  init(of rules: [Rule]) { self.init(of: RuleColumn(rules)) }
}

func likePairs(_ neighbours: RuleColumn<[Neighbour]>, of rules: [Rule], leastScore: Int) -> [LikePair] {
  likePairs(neighbours, of: RuleColumn(rules), leastScore: leastScore)
}

func rulesOfSameAction(_ rules: [Rule], operations: [[Event]], indicators: IndicatorTable) -> RuleColumn<ListedRules> {
  var search = SameActionSearch(
    operations: RuleColumn(operations), indicators: indicators, ranks: ranksByTitle(RuleColumn(rules)))
  return RuleColumn(rules).mapPlaces { search.others(than: $0) }
}
