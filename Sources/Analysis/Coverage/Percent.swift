/// A percentage: `34.8 %`; empty if the whole is zero.
///
/// It is rounded to the nearest value, and half up: 1 of 16 is 6.3 %. But only the whole is shown as 100 %, and only
/// zero as 0 %: 2,999 of 3,000 are 99.9 %.
///
/// - Parameter decimals: the number of decimal places, from 1 to 9.
package func percent(_ part: Int, of whole: Int, decimals: Int = 1) -> String {
  guard whole > 0 else { return "" }
  let unit = (0..<decimals).reduce(1) { unit, _ in unit * 10 }
  let all = 100 * unit
  let rounded = (2 * part * all + whole) / (2 * whole)
  let shown = part == 0 || part == whole ? rounded : min(max(rounded, 1), all - 1)
  let fraction = String(shown % unit)
  return "\(shown / unit).\(String(repeating: "0", count: decimals - fraction.count))\(fraction) %"
}
