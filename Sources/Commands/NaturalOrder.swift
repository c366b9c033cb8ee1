/// The natural order of file names, in which augenrules(8) joins files: numbers by value, so that `9-x.rules` comes
/// before `10-x.rules`.
///
/// - SeeAlso: GNU coreutils, "Version sort ordering" (`sort -V`, `ls -v`).
func inNaturalOrder(_ left: String, _ right: String) -> Bool {
  let (left, right) = (Array(left.utf8), Array(right.utf8))
  // Names are compared without what look like suffixes, and with them only in case of a tie.
  let first = compare(stem(left), stem(right))
  if first != 0 { return first < 0 }
  let second = compare(left[...], right[...])
  return second != 0 ? second < 0 : left.lexicographicallyPrecedes(right)
}

/// Without `(\.[A-Za-z~][A-Za-z0-9~]*)*` at its end.
private func stem(_ name: [UInt8]) -> ArraySlice<UInt8> {
  var end = name.count
  while let dot = name[..<end].lastIndex(of: UInt8(ascii: ".")), dot > 0, dot + 1 < end {
    let suffix = name[(dot + 1)..<end]
    guard let first = suffix.first, isLetter(first) || first == UInt8(ascii: "~"),
      suffix.allSatisfy({ isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "~") })
    else { break }
    end = dot
  }
  return name[..<end]
}

/// Alternately compares runs of non-digits by their bytes and runs of digits by their values.
private func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
  var (left, right) = (left, right)
  while !left.isEmpty || !right.isEmpty {
    while left.first.map({ !isDigit($0) }) ?? false || right.first.map({ !isDigit($0) }) ?? false {
      let (one, other) = (rank(left.first), rank(right.first))
      if one != other { return one - other }
      (left, right) = (left.dropFirst(), right.dropFirst())
    }
    let one = left.prefix(while: isDigit).drop { $0 == UInt8(ascii: "0") }
    let other = right.prefix(while: isDigit).drop { $0 == UInt8(ascii: "0") }
    if one.count != other.count { return one.count - other.count }
    for (one, other) in zip(one, other) where one != other { return Int(one) - Int(other) }
    (left, right) = (left.drop(while: isDigit), right.drop(while: isDigit))
  }
  return 0
}

/// `~` before the end, the end and digits before letters, letters before everything else.
private func rank(_ byte: UInt8?) -> Int {
  guard let byte, !isDigit(byte) else { return 0 }
  if byte == UInt8(ascii: "~") { return -1 }
  return isLetter(byte) ? Int(byte) : Int(byte) + 256
}

private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
private func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }
