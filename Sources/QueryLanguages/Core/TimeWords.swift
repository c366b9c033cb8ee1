/// Names and values that refer to time: comparisons with them say when something happened, not what, and aren't tests.
enum TimeWords {
  private static let fields: Set<String> = ["@timestamp", "timegenerated", "timestamp", "_time"]

  static func isField(_ name: String) -> Bool { name.utf8.count <= 13 && fields.contains(name.lowercased()) }

  /// Whether a value is a date, or one relative to the present: `2024-05-01`, `2024-05-01T10:00:00Z`, `now-1d/d`.
  static func isDate(_ text: String) -> Bool {
    let bytes = Array(text.utf8.prefix(11))
    if bytes.starts(with: "now".utf8) { return bytes.count == 3 || "+-/|".utf8.contains(bytes[3]) }
    let shape = Array("dddd-dd-dd".utf8)
    let isShape =
      bytes.count >= shape.count
      && zip(bytes, shape).allSatisfy { byte, kind in
        kind == UInt8(ascii: "-") ? byte == kind : ByteSet.digits.contains(byte)
      }
    return isShape && (bytes.count == shape.count || "T |".utf8.contains(bytes[shape.count]))
  }
}
