import RuleModel

/// What is known about the rows that a part of a query returns.
struct KustoTable {
  /// A new number for the result of each step of a query; 0 if no command has been applied.
  var id = 0
  /// The conditions that the rows meet, joined by `and`.
  var logic: [Predicate] = []
  var columns = KustoColumns()
  /// The sources of the rows, by name, each with its first offset.
  var sources: [String: Int] = [:]
  /// The values of its columns, if they are written in the query.
  var constants: [(column: String, values: [KustoConstant])]?

  /// The rows of a table with this name, about which nothing more is known.
  static func named(_ name: String, at offset: Int) -> KustoTable { KustoTable(sources: [name: offset]) }

  /// The values of its only column.
  var list: [KustoConstant]? {
    guard let constants, constants.count == 1 else { return nil }
    return constants[0].values
  }

  /// Adds what is read for the rows of other tables.
  mutating func read(_ others: [KustoTable]) {
    for other in others { sources.merge(other.sources) { min($0, $1) } }
  }
}

/// Queries that values are taken from, without duplicates.
struct KustoReads {
  private(set) var tables: [KustoTable] = []
  private var known: Set<Int> = []

  mutating func insert(_ table: KustoTable) {
    if known.insert(table.id).inserted { tables.append(table) }
  }

  mutating func insert(_ other: KustoReads) { for table in other.tables { insert(table) } }
}

/// The columns of a table, as far as they determine what a name in an expression refers to.
struct KustoColumns {
  enum Nature: Hashable {
    /// A column of the data, under its own or another name.
    case field
    /// The result of a function or an aggregation.
    case computed
  }

  private(set) var known: [String: Nature] = [:]
  /// Whether there may be other columns that come from the data.
  var isOpen = true

  init(_ known: [String: Nature] = [:], isOpen: Bool = true) {
    self.known = known
    self.isOpen = isOpen
  }

  subscript(_ name: String) -> Nature {
    get { known[name] ?? (isOpen ? .field : .computed) }
    set { known[name] = newValue }
  }

  mutating func remove(_ name: String) { known[name] = nil }

  /// The columns of a union: a column computed in either table is computed.
  func united(with other: KustoColumns) -> KustoColumns {
    KustoColumns(
      known.merging(other.known) { $0 == .computed || $1 == .computed ? .computed : .field },
      isOpen: isOpen || other.isOpen)
  }

  /// The columns of a join, in which a name of the left table hides the same name of the right table, which gets a `1`
  /// appended.
  func joined(with right: KustoColumns) -> KustoColumns {
    var columns = KustoColumns(known, isOpen: isOpen || right.isOpen)
    for (name, nature) in right.known {
      if known[name] == nil { columns[name] = nature } else { columns[name + "1"] = nature }
    }
    return columns
  }
}

/// A value that is written in the query.
struct KustoConstant {
  enum Kind: Hashable { case text, number, truth, null }

  var kind: Kind
  var text: String
  /// Where it is.
  var offset: Int
}

/// The result of an expression.
enum KustoOperand {
  case constants([KustoConstant], isList: Bool)
  /// A column of the data, or a part of one, named as in tests.
  case field(String)
  /// A point in time, or a duration.
  case time
  /// The result of a function or an aggregation, with the name of the column that holds it.
  case computed(String?)
  case table(KustoTable)
}
