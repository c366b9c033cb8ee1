/// Whether a text is a number as YAML writes them: `5`, `-1.5`, `1e3`, `0x10`, `.inf` (YAML 1.2.2, section 10.3.2; with
/// the octal, binary and underscored forms of YAML 1.1, which engines read as well).
func isNumber(_ text: some Collection<UInt8>) -> Bool {
  var digits = Array(text).filter { $0 != UInt8(ascii: "_") }[...]
  if text.first == UInt8(ascii: "_") { return false }
  if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { digits.removeFirst() }
  if [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"].contains(where: { digits.elementsEqual($0.utf8) }) {
    return true
  }
  if digits.first == UInt8(ascii: "0"), digits.count > 2 {
    let rest = digits.dropFirst(2)
    switch digits[digits.startIndex + 1] {
    case UInt8(ascii: "x"): return rest.allSatisfy(isHexDigit)
    case UInt8(ascii: "o"): return rest.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
    case UInt8(ascii: "b"): return rest.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }
    default: break
    }
  }
  return isDecimal(digits)
}

/// Whether a plain text is a number in both YAML 1.1 and YAML 1.2, and so to all engines: `1e3` and `0o7` are text in
/// one of them, `00429` isn't octal.
func isEngineNumber(_ text: some Collection<UInt8>) -> Bool {
  guard isNumber(text) else { return false }
  let digits = Array(text).filter { $0 != UInt8(ascii: "_") }.drop {
    $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+")
  }
  if digits.contains(UInt8(ascii: ".")) { return true }
  guard digits.count > 1, digits.first == UInt8(ascii: "0") else { return digits.allSatisfy(isDigit) }
  switch digits[digits.startIndex + 1] {
  case UInt8(ascii: "x"), UInt8(ascii: "b"): return true
  default: return digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
  }
}

/// Digits with at most one decimal point, and an optional exponent.
private func isDecimal(_ digits: ArraySlice<UInt8>) -> Bool {
  let parts = digits.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
  let points = parts[0].count { $0 == UInt8(ascii: ".") }
  guard points <= 1, parts[0].count > points, parts[0].allSatisfy({ isDigit($0) || $0 == UInt8(ascii: ".") }) else {
    return false
  }
  guard parts.count == 2 else { return true }
  let exponent =
    parts[1].first == UInt8(ascii: "-") || parts[1].first == UInt8(ascii: "+") ? parts[1].dropFirst() : parts[1]
  return !exponent.isEmpty && exponent.allSatisfy(isDigit)
}
