/// Writes a record for programs: the name and content of each member are given once, and each conformer knows how JSON
/// or XML represents it.
///
/// In XML a single value is an attribute, or an element if it may be long, and a list is an element for each item,
/// either inside one that encloses them or directly in the record's. XML has attributes first, so its writer runs a
/// record's body twice: each value is evaluated once, but bodies must not rely on running once.
protocol RecordWriter: ~Copyable {
  /// A single value; nothing is written if it is nil.
  ///
  /// - Parameter attribute: the attribute that the value comes before in XML; if nil, it comes last.
  mutating func value(_ name: MemberName, before attribute: String?, _ value: () -> RecordValue?)
  /// A text that has its own element in XML: as the element's text, or as its only attribute.
  mutating func element(_ name: String, attribute: String?, _ text: () -> String?)
  /// A text that is the content of the record's element in XML.
  mutating func content(_ name: String, _ text: () -> String)
  mutating func record(_ name: MemberName, _ body: (inout Self) -> Void)
  /// A record for each item.
  ///
  /// - Parameter isOnLines: whether JSON has each item on a separate line, as in the outermost lists.
  mutating func records<Item>(
    _ name: ListName, _ items: () -> some Sequence<Item>, isOnLines: Bool, _ body: (Item, inout Self) -> Void)
  /// A text for each item, in XML as the element's text or as its only attribute.
  ///
  /// - Parameter count: how many there are, if not all are listed: `sameActionCount` in JSON, the list's attribute
  ///   `count` in XML.
  mutating func texts(
    _ name: ListName, attribute: String?, count: Int?, _ texts: () -> some Sequence<String>)
  /// Short names: a list in JSON, one attribute in XML, which is omitted if there are none.
  mutating func words(_ name: String, _ words: () -> [String])
  /// Names with what belongs to each: an object in JSON, an element with two attributes for each in XML.
  mutating func pairs(
    _ name: String, attributes: (name: String, value: String), _ pairs: () -> [(name: String, value: RecordValue)])
  /// Numbers by name: an object in JSON.
  ///
  /// - Parameter element: the element that has them as attributes in XML; the record's own if nil.
  mutating func counts(_ name: String, element: String?, _ counts: () -> [(name: String, count: Int)])
  /// Starts a new line in JSON.
  mutating func newLine()
}

/// What a member is called in JSON and in XML.
struct MemberName: ExpressibleByStringLiteral {
  let json: String
  let xml: String

  init(json: String, xml: String) { (self.json, self.xml) = (json, xml) }

  init(stringLiteral name: String) { (json, xml) = (name, name) }
}

/// What a list is called in JSON and in XML.
struct ListName {
  let json: String
  /// The element that encloses the items in XML; nil if they are directly in the record's.
  let around: String?
  /// The element of each item.
  let item: String

  static func around(_ name: String, _ item: String) -> ListName { ListName(json: name, around: name, item: item) }

  static func plain(_ json: String, _ item: String) -> ListName { ListName(json: json, around: nil, item: item) }
}

enum RecordValue {
  case text(String)
  case number(Int)
  /// A non-negative number with two decimals: `0.42` for 42.
  case hundredths(Int)
  case flag(Bool)
}

extension RecordWriter where Self: ~Copyable {
  mutating func text(_ name: MemberName, before attribute: String? = nil, _ text: @autoclosure () -> String?) {
    value(name, before: attribute) { text().map(RecordValue.text) }
  }

  mutating func number(_ name: MemberName, _ number: @autoclosure () -> Int?) {
    value(name, before: nil) { number().map(RecordValue.number) }
  }

  mutating func hundredths(_ name: MemberName, _ number: @autoclosure () -> Int) {
    value(name, before: nil) { .hundredths(number()) }
  }

  mutating func flag(_ name: MemberName, _ flag: @autoclosure () -> Bool?) {
    value(name, before: nil) { flag().map(RecordValue.flag) }
  }

  mutating func longText(_ name: String, _ text: @autoclosure () -> String?) {
    element(name, attribute: nil, { text() })
  }

  /// An outermost list, on a separate line.
  mutating func list<Item>(
    _ name: ListName, _ items: @autoclosure () -> some Sequence<Item>, _ body: (Item, inout Self) -> Void
  ) {
    newLine()
    records(name, items, isOnLines: true, body)
  }

  mutating func records<Item>(
    _ name: ListName, _ items: @autoclosure () -> some Sequence<Item>, _ body: (Item, inout Self) -> Void
  ) {
    records(name, items, isOnLines: false, body)
  }

  mutating func texts(
    _ name: ListName, attribute: String? = nil, count: Int? = nil, _ texts: @autoclosure () -> some Sequence<String>
  ) {
    self.texts(name, attribute: attribute, count: count, texts)
  }
}

/// A format that records are written in.
package enum RecordFormat: Sendable {
  case json, xml
}

/// A report that is a record: the same members in JSON and XML.
protocol RecordReport {
  /// The document element in XML.
  static var element: String { get }

  func write<Record: RecordWriter & ~Copyable>(to record: inout Record)
}

extension RecordReport {
  func bytes(as format: RecordFormat) -> [UInt8] {
    switch format {
    case .json: jsonDocument { write(to: &$0) }
    case .xml: xmlDocument(Self.element) { write(to: &$0) }
    }
  }
}
