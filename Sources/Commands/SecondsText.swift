/// Seconds with two decimals: `0.62 s`.
func secondsText(_ duration: Duration) -> String {
  let hundredths =
    Int(duration.components.seconds) * 100 + Int(duration.components.attoseconds / 10_000_000_000_000_000)
  let rest = hundredths % 100
  return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
}
