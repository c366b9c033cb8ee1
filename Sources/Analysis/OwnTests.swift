import RuleModel
import Text

/// What one rule looks for, or what it excludes: each test once for each name that the rule writes for its field, as it
/// writes it first, with what distinguishes it from those of other rules.
struct OwnTests: Sendable {
  struct Item: Sendable {
    var test: Test
    /// The field's canonical name, if it differs.
    var canonical: String?
    /// Whether it selects the event that the rule reads: see ``EventPins``.
    var namesEvent: Bool
  }

  /// Sorted by field (absent first), kind, value and modifiers, in UTF-8 byte order.
  fileprivate(set) var items: [Item] = []
  /// The number of each item's test in ``identities``: the same for names of one field.
  fileprivate(set) var numbers: [Int32] = []
  /// Bytes that are equal for equal tests, in the order of the rule.
  fileprivate(set) var identities = ByteKeys()
  /// While tests are added: the first item of each test, and further names of its field.
  private var firstItems: [Int] = []
  private var otherNames: [Int: [String]] = [:]

  /// For correlations, which have no tests of their own, and for filters, whose tests count towards the rules that they
  /// tune.
  static let none = OwnTests()
}

extension OwnTests {
  /// - Parameters:
  ///   - canonicalField: returns a field's canonical name; nil if it is the same.
  ///   - namesEvent: whether a field selects the event.
  static func ofBothSigns(
    _ rule: Rule, canonicalField: (_ field: String) -> String?, namesEvent: (_ field: String) -> Bool
  ) -> (indicators: OwnTests, exclusions: OwnTests) {
    if rule.ruleClass == .correlation || rule.ruleClass == .filter { return (.none, .none) }
    var (indicators, exclusions) = (OwnTests(), OwnTests())
    // Tests of the same field are usually adjacent.
    var last: (field: String, canonical: String?, namesEvent: Bool)?
    var key: [UInt8] = []
    rule.forEachTest { test, isNegated in
      if let field = test.field, last.map({ byteOrder($0.field, field) != 0 }) ?? true {
        last = (field, canonicalField(field), namesEvent(field))
      }
      let (canonical, namesEvent) = test.field == nil ? (nil, false) : (last?.canonical, last?.namesEvent ?? false)
      key.removeAll(keepingCapacity: true)
      test.appendIdentity(field: canonical ?? test.field, to: &key)
      let item = Item(test: test, canonical: canonical, namesEvent: namesEvent)
      if isNegated { exclusions.add(item, key) } else { indicators.add(item, key) }
    }
    indicators.sort()
    exclusions.sort()
    return (indicators, exclusions)
  }

  private mutating func add(_ item: Item, _ key: [UInt8]) {
    let (number, isNew) = identities.numberOrInsert(key)
    if isNew {
      firstItems.append(items.count)
    } else {
      guard let field = item.test.field, let first = items[firstItems[number]].test.field,
        byteOrder(field, first) != 0, otherNames[number]?.contains(where: { byteOrder($0, field) == 0 }) != true
      else { return }
      otherNames[number, default: []].append(field)
    }
    items.append(item)
    numbers.append(Int32(truncatingIfNeeded: number))
  }

  /// Call this once all tests are added.
  private mutating func sort() {
    identities.finish()
    (firstItems, otherNames) = ([], [:])
    let order = items.indices.sorted { items[$0].test.precedes(items[$1].test) }
    (items, numbers) = (order.map { items[$0] }, order.map { numbers[$0] })
  }
}

extension Test {
  /// Appends bytes that are equal for equal tests.
  ///
  /// - Parameter field: the name by which it is compared.
  func appendIdentity(field: String?, to bytes: inout [UInt8]) {
    if let field {
      bytes.append(1)
      bytes += field.utf8
    }
    // The name ends with a byte that never occurs in UTF-8.
    bytes.append(0xFF)
    bytes += kind.rawValue.utf8
    bytes.append(0xFF)
    withUnsafeBytes(of: modifiers.rawValue.littleEndian) { bytes += $0 }
    if isCaseSensitive {
      bytes += value.utf8
    } else {
      value.appendLowercased(to: &bytes)
    }
  }

  /// In report order: field (absent first), kind, value, modifiers, by UTF-8 bytes.
  func precedes(_ other: Test) -> Bool {
    switch (field, other.field) {
    case (nil, .some): return true
    case (.some, nil): return false
    case (let left?, let right?):
      let order = byteOrder(left, right)
      if order != 0 { return order < 0 }
    case (nil, nil): break
    }
    if kind != other.kind { return kind.rawValue < other.kind.rawValue }
    let order = byteOrder(value, other.value)
    if order != 0 { return order < 0 }
    return modifiers.names.joined(separator: "|") < other.modifiers.names.joined(separator: "|")
  }
}
