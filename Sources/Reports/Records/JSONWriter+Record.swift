/// A document with a single record.
func jsonDocument(_ write: (inout JSONWriter) -> Void) -> [UInt8] {
  var json = JSONWriter()
  json.object(nil, write)
  json.newLine()
  return json.bytes
}

extension JSONWriter: RecordWriter {
  mutating func value(_ name: MemberName, before _: String?, _ value: () -> RecordValue?) {
    if let value = value() { write(value, name.json) }
  }

  mutating func element(_ name: String, attribute _: String?, _ text: () -> String?) { optionalString(name, text()) }

  mutating func content(_ name: String, _ text: () -> String) { string(name, text()) }

  mutating func record(_ name: MemberName, _ body: (inout JSONWriter) -> Void) { object(name.json, body) }

  mutating func records<Item>(
    _ name: ListName, _ items: () -> some Sequence<Item>, isOnLines: Bool, _ body: (Item, inout JSONWriter) -> Void
  ) {
    array(name.json) { json in
      for item in items() {
        if isOnLines { json.newLine() }
        json.object { body(item, &$0) }
      }
    }
  }

  mutating func texts(_ name: ListName, attribute _: String?, count: Int?, _ texts: () -> some Sequence<String>) {
    strings(name.json, texts())
    optionalNumber(name.json + "Count", count)
  }

  mutating func words(_ name: String, _ words: () -> [String]) { strings(name, words()) }

  mutating func pairs(
    _ name: String, attributes _: (name: String, value: String), _ pairs: () -> [(name: String, value: RecordValue)]
  ) {
    object(name) { json in for (name, value) in pairs() { json.write(value, name) } }
  }

  mutating func counts(_ name: String, element _: String?, _ counts: () -> [(name: String, count: Int)]) {
    object(name) { json in for (name, count) in counts() { json.number(name, count) } }
  }

  private mutating func write(_ value: RecordValue, _ name: String) {
    switch value {
    case .text(let text): string(name, text)
    case .number(let number): self.number(name, number)
    case .hundredths(let number): hundredths(name, number)
    case .flag(let flag): bool(name, flag)
    }
  }
}
