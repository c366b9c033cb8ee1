import XML

/// Writes records as XML: one run of a record's body writes the attributes, another the content of its element.
struct XMLRecordWriter: ~Copyable {
  private enum Run {
    case attributes, content
  }

  private var xml = XMLWriter()
  private var run = Run.content
  /// Those of the current record.
  private var attributes: [(name: String, value: String)] = []

  /// An element with a record's members.
  mutating func element(_ name: String, _ body: (inout XMLRecordWriter) -> Void) {
    xml.start(name)
    run = .attributes
    body(&self)
    flush()
    run = .content
    body(&self)
    xml.end()
  }

  /// The writer, with everything that was written.
  consuming func finish() -> XMLWriter { xml }

  private mutating func flush() {
    for (name, value) in attributes { xml.attribute(name, value) }
    attributes.removeAll(keepingCapacity: true)
  }
}

extension XMLRecordWriter: RecordWriter {
  mutating func value(_ name: MemberName, before attribute: String?, _ value: () -> RecordValue?) {
    guard run == .attributes, let value = value() else { return }
    let place = attribute.flatMap { attribute in attributes.firstIndex { $0.name == attribute } }
    attributes.insert((name.xml, value.text), at: place ?? attributes.endIndex)
  }

  mutating func element(_ name: String, attribute: String?, _ text: () -> String?) {
    guard run == .content, let text = text() else { return }
    xml.element(name, attribute, text)
  }

  mutating func content(_: String, _ text: () -> String) { if run == .content { xml.text(text()) } }

  mutating func record(_ name: MemberName, _ body: (inout XMLRecordWriter) -> Void) {
    if run == .content { element(name.xml, body) }
  }

  mutating func records<Item>(
    _ name: ListName, _ items: () -> some Sequence<Item>, isOnLines: Bool, _ body: (Item, inout XMLRecordWriter) -> Void
  ) {
    guard run == .content else { return }
    if let around = name.around { xml.start(around) }
    for item in items() { element(name.item) { body(item, &$0) } }
    if name.around != nil { xml.end() }
  }

  mutating func texts(_ name: ListName, attribute: String?, count: Int?, _ texts: () -> some Sequence<String>) {
    guard run == .content else { return }
    if let around = name.around {
      xml.start(around)
      if let count { xml.attribute("count", String(count)) }
    }
    for text in texts() { xml.element(name.item, attribute, text) }
    if name.around != nil { xml.end() }
  }

  mutating func words(_ name: String, _ words: () -> [String]) {
    guard run == .attributes else { return }
    let words = words()
    if !words.isEmpty { attributes.append((name, words.joined(separator: " "))) }
  }

  mutating func pairs(
    _ name: String, attributes: (name: String, value: String), _ pairs: () -> [(name: String, value: RecordValue)]
  ) {
    guard run == .content else { return }
    for pair in pairs() {
      xml.start(name)
      xml.attribute(attributes.name, pair.name)
      xml.attribute(attributes.value, pair.value.text)
      xml.end()
    }
  }

  mutating func counts(_: String, element: String?, _ counts: () -> [(name: String, count: Int)]) {
    if let element {
      guard run == .content else { return }
      xml.start(element)
      for (name, count) in counts() { xml.attribute(name, String(count)) }
      xml.end()
    } else if run == .attributes {
      for (name, count) in counts() { attributes.append((name, String(count))) }
    }
  }

  mutating func newLine() {}
}

extension XMLWriter {
  /// An element with a text, or with one attribute.
  fileprivate mutating func element(_ name: String, _ attributeName: String?, _ text: String) {
    start(name)
    if let attributeName { attribute(attributeName, text) } else { self.text(text) }
    end()
  }
}

extension RecordValue {
  fileprivate var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): String(number)
    case .hundredths(let number): Reports.hundredths(number)
    case .flag(let flag): flag ? "true" : "false"
    }
  }
}

/// The bytes of what `write` writes.
func xmlDocument(_ write: (inout XMLWriter) -> Void) -> [UInt8] {
  var xml = XMLWriter()
  write(&xml)
  return bytes(of: xml)
}

/// A document with a single record.
func xmlDocument(_ element: String, _ write: (inout XMLRecordWriter) -> Void) -> [UInt8] {
  var record = XMLRecordWriter()
  record.element(element, write)
  return bytes(of: record.finish())
}

private func bytes(of xml: consuming XMLWriter) -> [UInt8] {
  do throws(XMLWriterError) {
    return try xml.finish()
  } catch {
    // Only a mistake in this module can get here: it chooses all element names, and rules supply only text, which the
    // writer escapes.
    fatalError("a report isn't well-formed XML: \(error)")
  }
}
