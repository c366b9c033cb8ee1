package import Diagnostics
import RuleModel
import Text

extension CheckID {
  package static let hashLength = CheckID(
    "hash-length", .warning,
    "The hash has the wrong length for its kind, or contains a character that isn't a hexadecimal digit, so it never matches. Copy it again, or correct its kind."
  )
}

extension RuleCheck {
  /// Hashes that are too long or too short.
  static let hashLengths = RuleCheck(
    .hashLength,
    examples: [
      CheckExample(
        "A digit is missing", finds: "5:26: an MD5 hash has 32 digits, and this one has 31; copy it again",
        in: exampleRule(
          detection: """
            selection:
                Hashes|contains: 'MD5=5058f1af8388633f609cadb75a75dc9'
            condition: selection
            """)),
      CheckExample(
        "A hash of another kind",
        finds: "5:17: a SHA256 hash has 64 digits, and this one has 40, as a SHA1 has; name its kind",
        in: exampleRule(
          detection: """
            selection:
                sha256: 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
            condition: selection
            """)),
      CheckExample(
        "Hashes of the right length",
        in: exampleRule(
          detection: """
            selection:
                Hashes|contains:
                    - 'MD5=5058f1af8388633f609cadb75a75dc9d'
                    - 'SHA1=2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'
            condition: selection
            """)),
      CheckExample(
        "The beginning of a hash",
        in: exampleRule(
          detection: """
            selection:
                Hashes|contains: 'SHA256=2fd4e1c6*'
            condition: selection
            """)),
      CheckExample(
        "The beginning of a hash without a wildcard",
        in: exampleRule(
          detection: """
            selection:
                Hashes|contains: 'SHA256=2fd4e1c67a2d28fc'
            condition: selection
            """)),
    ]
  ) { rule, catalog in
    let subject = catalog.index.rules[rule]
    var right: Set<String>?
    return [catalog.index.indicators, catalog.index.exclusions].flatMap { table in
      var last: (field: String, named: HashKind?, mayHold: Bool)?
      return table.entries[rule].compactMap { entry -> Diagnostic? in
        guard let field = entry.test.field, HashFault.mayBeIn(entry.test.value) else { return nil }
        if last?.field != field { last = (field, HashKind(ofField: field), HashKind.mayHoldHashes(field)) }
        guard let last, last.mayHold, let fault = HashFault(in: entry.test, named: last.named) else { return nil }
        // A list of hashes of all kinds may be looked for in a field of each kind.
        if right == nil { right = hashesOfTheirLength(in: rule, of: catalog) }
        if right?.contains(entry.test.value.lowercased()) == true { return nil }
        return Diagnostic(
          .hashLength, at: SourceLocation(subject.source.file, at: entry.test.position), fault.description)
      }
    }
  }
}

/// The values that are in a field of the kind whose length they have, in lower case.
private func hashesOfTheirLength(in rule: RuleID, of catalog: CheckedCatalog) -> Set<String> {
  var result: Set<String> = []
  for table in [catalog.index.indicators, catalog.index.exclusions] {
    for entry in table.entries[rule] {
      guard let kind = entry.test.field.flatMap(HashKind.init(ofField:)), entry.test.value.utf8.count == kind.digits
      else { continue }
      result.insert(entry.test.value.lowercased())
    }
  }
  return result
}

/// A kind of hash, with the number of hexadecimal digits that it has.
private enum HashKind: String, CaseIterable {
  case md5, sha1, sha224, sha256, sha384, sha512, imphash

  var digits: Int {
    switch self {
    case .md5, .imphash: 32
    case .sha1: 40
    case .sha224: 56
    case .sha256: 64
    case .sha384: 96
    case .sha512: 128
    }
  }

  var name: String { rawValue.uppercased() }
  /// With its article: `a SHA1`, `an MD5`.
  var words: String { "\(self == .md5 || self == .imphash ? "an" : "a") \(name)" }

  /// The kind that a name says: `SHA-256`.
  init?(named name: some StringProtocol) {
    self.init(rawValue: name.lowercased().replacing("-", with: "").replacing("_", with: ""))
  }

  /// The kind in the last part of a field's name: `file.hash.sha256`, `Imphash`.
  init?(ofField field: String) {
    guard let part = field.split(separator: ".").last else { return nil }
    self.init(named: part)
  }

  static func mayHoldHashes(_ field: String) -> Bool {
    let name = field.lowercased()
    return name.contains("hash") || name.contains("md5") || name.contains("sha")
  }
}

/// What is wrong with a hash.
private struct HashFault: CustomStringConvertible {
  let description: String

  /// - Parameter kind: the one that the field names.
  init?(in test: Test, named kind: HashKind?) {
    guard test.kind == .eq || test.kind == .contains || test.kind == .endsWith, test.modifiers.isEmpty else {
      return nil
    }
    var (digits, kind) = (test.value[...], kind)
    if let equals = digits.firstIndex(of: "=") {
      guard let named = HashKind(named: digits[..<equals]) else { return nil }
      kind = named
      digits = digits[digits.index(after: equals)...]
    } else if test.kind != .eq {
      // A part of a hash, or of a list of them.
      return nil
    }
    let count = digits.utf8.count
    // What has no digits, or holds something else beside them, isn't one hash.
    guard let kind, count > 0, digits.utf8.allSatisfy(HashFault.isLetterOrDigit) else { return nil }
    if let odd = digits.unicodeScalars.first(where: { !$0.isASCII || !Character($0).isHexDigit }) {
      guard count == kind.digits else { return nil }
      description = "a hash has no '\(odd)', only hexadecimal digits; copy it again"
      return
    }
    guard count != kind.digits else { return nil }
    // The beginning of a hash, found wherever the field has it.
    if test.kind == .contains, count < kind.digits - 4, !HashKind.allCases.contains(where: { $0.digits == count }) {
      return nil
    }
    let other = HashKind.allCases.first { $0.digits == count && $0 != .imphash }
    description =
      "\(kind.words) hash has \(kind.digits) digits, and this one has \(count)"
      + (other.map { ", as \($0.words) has; name its kind" } ?? "; copy it again")
  }

  /// Whether a value may hold a hash: it ends with many letters and digits.
  static func mayBeIn(_ value: String) -> Bool {
    let bytes = value.utf8
    return bytes.count >= 16 && bytes.suffix(16).allSatisfy(isLetterOrDigit)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
