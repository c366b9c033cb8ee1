/// A risk score as text: without decimals if it has none. A rule may give any number.
func words(ofRiskScore score: Double) -> String { Int(exactly: score).map { "\($0)" } ?? "\(score)" }
