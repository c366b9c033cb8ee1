/// The candidate that an unknown name most likely stands for; nil if none is close enough to be worth suggesting.
///
/// Names are compared case-insensitively, as a whole and word by word. These are close enough:
/// - A typo: at most a third of the letters of each differing word differ, so `proxy_configuration` isn't
///   `iis-configuration`.
/// - Another form of a word: `image_loaded` is `image_load`; or a word without its vowels: `event_cnt` is
///   `event_count`.
/// - A shortened name: `bits` is `bits-client`, if no other candidate starts with it.
///
/// Ties go to the first candidate, so the result is the same in each run.
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

/// Whether two names are so similar that they differ only by typos or by other forms of the same words.
package func isNear(_ name: String, to other: String) -> Bool {
  guard let name = ComparedName(name), let other = ComparedName(other) else { return false }
  return name.distance(to: other) != nil
}

/// Whether a name differs from another one by at most a single typo, apart from case and word separators: `log_source`,
/// `Detections`.
///
/// A typo is one extra or missing letter, or two swapped letters. In names of more than four letters, it may also be
/// one wrong letter; in shorter names, that usually makes a different word, such as `data` for `date`.
package func isSlip(_ name: String, of other: String) -> Bool {
  guard let name = ComparedName(name), let other = ComparedName(other) else { return false }
  return name.isSlip(of: other)
}

/// A name in lower case and its words.
private struct ComparedName {
  /// No real name is longer, and skipping longer ones saves work.
  private static let maximalLength = 64

  private let bytes: [UInt8]
  private let words: [ArraySlice<UInt8>]

  /// nil for an empty text, and for one that is too long to be a name.
  init?(_ text: String) {
    guard text.utf8.prefix(ComparedName.maximalLength + 1).count <= ComparedName.maximalLength else { return nil }
    bytes = Array(text.lowercased().utf8)
    words = bytes.split { !isWordByte($0) }
    if bytes.isEmpty { return nil }
  }

  /// The distance to the other name; nil if it is too far away to be what was meant.
  func distance(to other: ComparedName) -> Int? {
    if bytes == other.bytes { return 0 }
    // A name of one or two letters is about equally close to every other name.
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

  /// Whether the other name continues this one with more words.
  func isStart(of other: ComparedName) -> Bool {
    bytes.count > 2 && other.words.count > words.count && !words.isEmpty
      && zip(words, other.words).allSatisfy { $0 == $1 }
  }

  /// The distance; nil if more than a third of the letters differ, or if a one-letter word differs.
  private func slip(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int? {
    let longer = max(left.count, right.count)
    let limit = max(1, longer / 3)
    guard abs(left.count - right.count) <= limit else { return nil }
    let distance = editDistance(left, right)
    return distance <= limit && distance < longer ? distance : nil
  }

  /// Words with the same beginning and a different ending: `creation`, `created`. This counts as farther than a typo.
  private func inflection(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int? {
    let common = zip(left, right).prefix { $0 == $1 }.count
    let longer = max(left.count, right.count)
    return common >= 4 && longer - common <= 4 ? longer - common : nil
  }

  /// A word that equals the other one without its vowels: `cnt`, `count`.
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

/// The number of bytes to insert, remove, replace or swap with their neighbour (optimal string alignment distance).
///
/// Only the previous two rows of the table are kept.
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
