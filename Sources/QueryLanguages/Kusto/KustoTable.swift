import RuleModel

/// What is known of the rows that a part of a query makes.
struct KustoTable {
  /// Another one for what each step of a query makes; 0 for what no command was applied to.
  var id = 0
  /// What must be so of them, joined by `and`.
  var logic: [Predicate] = []
  var columns = KustoColumns()
  /// What they are read from, by name, where it is first.
  var sources: [String: Int] = [:]
  /// The values of its columns, where they are written in the query.
  var constants: [(column: String, values: [KustoConstant])]?

  /// Rows of a table of that name, of which nothing more is known.
  static func named(_ name: String, at offset: Int) -> KustoTable { KustoTable(sources: [name: offset]) }

  /// The values of its only column.
  var list: [KustoConstant]? {
    guard let constants, constants.count == 1 else { return nil }
    return constants[0].values
  }

  /// Takes over what is read for rows of this one.
  mutating func read(_ others: [KustoTable]) {
    for other in others { sources.merge(other.sources) { min($0, $1) } }
  }
}

/// Queries that values are taken from, each once.
struct KustoReads {
  private(set) var tables: [KustoTable] = []
  private var known: Set<Int> = []

  mutating func insert(_ table: KustoTable) {
    if known.insert(table.id).inserted { tables.append(table) }
  }

  mutating func insert(_ other: KustoReads) { for table in other.tables { insert(table) } }
}

/// The columns of a table, as far as that says what a name in an expression is.
struct KustoColumns {
  enum Nature: Hashable {
    /// It comes from the data, under this or another name.
    case field
    /// A function or an aggregation made it.
    case computed
  }

  private(set) var known: [String: Nature] = [:]
  /// Whether there are others that come from the data.
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

  /// Those of a union: what is computed in one of its legs is computed.
  func united(with other: KustoColumns) -> KustoColumns {
    KustoColumns(
      known.merging(other.known) { $0 == .computed || $1 == .computed ? .computed : .field },
      isOpen: isOpen || other.isOpen)
  }

  /// Those of a join, in which a name of the left table hides one of the right table, which gets a `1`.
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

/// What an expression comes to.
enum KustoOperand {
  case constants([KustoConstant], isList: Bool)
  /// A column of the data, or a part of one, as tests name it.
  case field(String)
  /// A moment, or a span of time.
  case time
  /// What a function or an aggregation makes; the name of the column that holds it.
  case computed(String?)
  case table(KustoTable)
}
