/// `Registry.pol`: `[key;value;type;size;data]`, in UTF-16 ([MS-GPREG], 2.2.1).
enum PolicyFile {
  static let signature: [UInt8] = [0x50, 0x52, 0x65, 0x67, 1, 0, 0, 0]

  /// nil if the file breaks off, or has anything else between its entries.
  static func entries(in bytes: [UInt8]) -> [RegistryEntry]? {
    var reader = Reader(bytes: bytes, at: signature.count)
    var entries: [RegistryEntry] = []
    while !reader.isAtEnd {
      guard reader.take("["), let key = reader.text(), reader.take(";"), let name = reader.text(), reader.take(";"),
        let type = reader.number(), reader.take(";"), let size = reader.number(), reader.take(";"),
        let data = reader.data(size), reader.take("]")
      else { return nil }
      // `**del.Name` removes a value (2.2.1.1).
      let deletion = "**del."
      if name.lowercased().hasPrefix(deletion) {
        entries.append(
          RegistryEntry(key: key.lowercased(), name: String(name.dropFirst(deletion.count)), data: .deleted))
        continue
      }
      // Only REG_DWORD is a number.
      let value = type == 4 && data.count == 4 ? RegistryEntry.Data.number(Reader.number(data)) : .other
      entries.append(RegistryEntry(key: key.lowercased(), name: name, data: value))
    }
    return entries
  }

  private struct Reader {
    let bytes: [UInt8]
    var at: Int

    var isAtEnd: Bool { at == bytes.count }

    private mutating func unit() -> UInt16? {
      guard at + 2 <= bytes.count else { return nil }
      defer { at += 2 }
      return UInt16(bytes[at]) | UInt16(bytes[at + 1]) << 8
    }

    mutating func take(_ character: Character) -> Bool { unit() == character.asciiValue.map(UInt16.init) }

    /// Up to the null at its end.
    mutating func text() -> String? {
      var units: [UInt16] = []
      while let unit = unit() {
        if unit == 0 { return String(decoding: units, as: UTF16.self) }
        units.append(unit)
      }
      return nil
    }

    mutating func number() -> UInt32? { data(4).map(Reader.number) }

    mutating func data(_ size: UInt32) -> ArraySlice<UInt8>? {
      guard Int(size) <= bytes.count - at else { return nil }
      defer { at += Int(size) }
      return bytes[at..<at + Int(size)]
    }

    static func number(_ data: ArraySlice<UInt8>) -> UInt32 { data.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
  }
}
