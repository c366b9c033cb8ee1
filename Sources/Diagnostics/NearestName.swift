/// The candidate that is most likely meant by a name that isn't known; nil where none is near enough to be worth a guess.
///
/// Names are compared without case, as a whole and word by word:
/// - A slip of the pen: at most a third of the letters differ, in each word that differs, so that `proxy_configuration` isn't
///   `iis-configuration`.
/// - Another form of a word: `image_loaded` is `image_load`; or one without its vowels: `event_cnt` is `event_count`.
/// - A name cut short: `bits` is `bits-client`, where no other candidate starts so.
///
/// Ties go to the first candidate, so the answer is the same in each run.
package func nearestName(to name: String, in candidates: some Sequence<String>) -> String? {
  guard let name = ComparedName(name) else { return nil }
  var best: (name: String, distance: Int)?
  var longer: [String] = []
  for candidate in candidates {
    guard let other = ComparedName(candidate) else { continue }
    if let distance = name.distance(to: other), distance < best?.distance ?? .max { best = (candidate, distance) }
    if name.isStart(of: other) { longer.append(candidate) }
  }
  return best?.name ?? (longer.count == 1 ? longer[0] : nil)
}

/// Whether a name is so near to another one that a slip of the pen or another form of its words makes the difference.
package func isNear(_ name: String, to other: String) -> Bool {
  guard let name = ComparedName(name), let other = ComparedName(other) else { return false }
  return name.distance(to: other) != nil
}

/// Whether a name is another one but for a single slip of the pen, its case and what joins its words: `log_source`, `Detections`.
///
/// The slip is a letter too many or too few, or two that changed places; in a name of more than four letters also a wrong one, which
/// makes another word of a short name, such as `data` of `date`.
package func isSlip(_ name: String, of other: String) -> Bool {
  guard let name = ComparedName(name), let other = ComparedName(other) else { return false }
  return name.isSlip(of: other)
}

/// A name in lower case and its words.
private struct ComparedName {
  /// No name that anybody means is longer, and what isn't looked at costs nothing.
  private static let maximalLength = 64

  private let bytes: [UInt8]
  private let words: [ArraySlice<UInt8>]

  /// nil for nothing, and for what is too long to be a name.
  init?(_ text: String) {
    guard text.utf8.prefix(ComparedName.maximalLength + 1).count <= ComparedName.maximalLength else { return nil }
    bytes = Array(text.lowercased().utf8)
    words = bytes.split { !isWordByte($0) }
    if bytes.isEmpty { return nil }
  }

  /// How far the other name is; nil where it is too far to be meant.
  func distance(to other: ComparedName) -> Int? {
    if bytes == other.bytes { return 0 }
    // A name of one or two letters is as near to any other as to what is meant.
    guard bytes.count > 2, other.bytes.count > 1 else { return nil }
    guard words.count == other.words.count, words.count > 1 else { return slip(bytes[...], other.bytes[...]) }
    var sum = 0
    for (word, its) in zip(words, other.words) where word != its {
      guard let distance = slip(word, its) ?? inflection(word, its) ?? abbreviation(word, its) else { return nil }
      sum += distance
    }
    return max(sum, 1)
  }

  func isSlip(of other: ComparedName) -> Bool {
    let (letters, its) = (Array(words.joined()), Array(other.words.joined()))
    guard letters.count > 1, abs(letters.count - its.count) <= 1, editDistance(letters[...], its[...]) <= 1 else {
      return false
    }
    return its.count > 4 || letters.count != its.count || letters.sorted() == its.sorted()
  }

  /// Whether the other name goes on with further words.
  func isStart(of other: ComparedName) -> Bool {
    bytes.count > 2 && other.words.count > words.count && !words.isEmpty
      && zip(words, other.words).allSatisfy { $0 == $1 }
  }

  /// The distance, unless more than a third of the letters differ, or all of a word of one.
  private func slip(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int? {
    let longer = max(left.count, right.count)
    let limit = max(1, longer / 3)
    guard abs(left.count - right.count) <= limit else { return nil }
    let distance = editDistance(left, right)
    return distance <= limit && distance < longer ? distance : nil
  }

  /// Words that begin alike and end differently: `creation`, `created`. Farther than a slip.
  private func inflection(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int? {
    let common = zip(left, right).prefix { $0 == $1 }.count
    let longer = max(left.count, right.count)
    return common >= 4 && longer - common <= 4 ? longer - common : nil
  }

  /// A word of which the other one has the vowels, too: `cnt`, `count`.
  private func abbreviation(_ word: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Int? {
    guard word.count > 2, word.count < other.count else { return nil }
    let consonants = other.filter { !"aeiou".utf8.contains($0) }
    return word.elementsEqual(consonants) ? other.count - word.count : nil
  }
}

private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...: true
  default: false
  }
}

/// How many bytes must be inserted, removed, replaced or swapped with their neighbour (optimal string alignment distance).
///
/// Of the table only the row before and the one before that are kept.
private func editDistance(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
  let (left, right) = (Array(left), Array(right))
  guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
  var beforeLast = [Int](repeating: 0, count: right.count + 1)
  var last = Array(0...right.count)
  var row = beforeLast
  for i in 1...left.count {
    row[0] = i
    for j in 1...right.count {
      let change = left[i - 1] == right[j - 1] ? 0 : 1
      row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change)
      if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    (beforeLast, last, row) = (last, row, beforeLast)
  }
  return last[right.count]
}
