import Checks
package import Diagnostics
package import Documents
import Text

/// The findings that `ruledex lint --baseline` leaves out: those that were there when the baseline was made.
///
/// A finding is known by its check, its rule or file, and its message without line numbers, counts and advice, so that
/// it stays the same when lines move. A second one like it is new.
package struct AcceptedFindings: Sendable {
  fileprivate struct Key: Hashable {
    var subject: String
    var check: String
    var message: String

    var sortKey: [String] { [subject, check, message] }
  }

  private var counts: [Key: Int] = [:]

  /// Accepts findings.
  ///
  /// - Parameter subject: the key of a finding's rule, or else the path of its file.
  package init(of findings: [Diagnostic], subject: (Diagnostic) -> String) {
    for finding in findings { counts[Key(finding, subject), default: 0] += 1 }
  }

  /// How many it accepts.
  package var count: Int { counts.values.reduce(0, +) }

  /// The findings that it doesn't accept, how many it does, and how many of those that it accepts aren't there any more.
  package func rest(
    of findings: [Diagnostic], subject: (Diagnostic) -> String
  ) -> (new: [Diagnostic], accepted: Int, gone: Int) {
    var left = counts
    let new = findings.filter { finding in
      let key = Key(finding, subject)
      guard let count = left[key], count > 0 else { return true }
      left[key] = count - 1
      return false
    }
    return (new, findings.count - new.count, left.values.reduce(0, +))
  }
}

extension AcceptedFindings.Key {
  fileprivate init(_ finding: Diagnostic, _ subject: (Diagnostic) -> String) {
    self.init(subject: subject(finding), check: finding.id.name, message: stablePart(of: finding.message))
  }
}

// MARK: File

extension AcceptedFindings {
  /// The baseline's file: JSON with a finding on each line, sorted, so that a change of it reads well as a diff.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.number("format", 1)
      json.newLine()
      json.array("findings") { json in
        for (key, count) in counts.sorted(by: {
          $0.key.sortKey.lexicographicallyPrecedes($1.key.sortKey, by: inByteOrder)
        }) {
          json.newLine()
          json.object { json in
            json.string("rule", key.subject)
            json.string("check", key.check)
            json.string("message", key.message)
            if count > 1 { json.number("count", count) }
          }
        }
      }
    }
    json.newLine()
    return json.bytes
  }

  /// - Throws: if it isn't a baseline.
  package init(parsingJSON bytes: [UInt8]) throws(DocumentError) {
    let root = try parseJSON(bytes, limits: DocumentLimits(bytes: 1 << 28, depth: 8))
    guard let root, root.kind == .mapping, root["format"]?.text == "1", let findings = root["findings"] else {
      throw DocumentError(
        .lintBaseline, at: root?.position ?? SourcePosition(line: 1, column: 1),
        "this isn't a baseline; give one that 'ruledex lint --update-baseline' wrote")
    }
    for node in findings.items {
      guard let subject = node["rule"]?.text, let check = node["check"]?.text, let message = node["message"]?.text
      else {
        throw DocumentError(
          .lintBaseline, at: node.position, "a finding of a baseline has a 'rule', a 'check' and a 'message'; add them")
      }
      let count = node["count"]?.text.flatMap { Int($0) } ?? 1
      counts[Key(subject: subject, check: check, message: message), default: 0] += min(max(0, count), 1 << 24)
    }
  }
}

/// A message without what changes although the finding is the same: the advice after a semicolon, and numbers, outside
/// of what it quotes. `T1059.001` is a name, not a number.
func stablePart(of message: String) -> String {
  let bytes = Array(message.utf8)
  var result: [UInt8] = []
  var isQuoted = false
  var at = 0
  func byte(_ index: Int) -> UInt8 { bytes.indices.contains(index) ? bytes[index] : UInt8(ascii: " ") }
  func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
  }
  while at < bytes.count {
    switch bytes[at] {
    case UInt8(ascii: "'") where isQuoted ? !isWord(byte(at + 1)) : !isWord(byte(at - 1)): isQuoted.toggle()
    case UInt8(ascii: ";") where !isQuoted && byte(at + 1) == UInt8(ascii: " "):
      return String(decoding: result, as: UTF8.self)
    // The digits behind the dot of a name belong to the name.
    case 0x30...0x39
    where !isQuoted && !isWord(byte(at - 1)) && !(byte(at - 1) == UInt8(ascii: ".") && isWord(byte(at - 2))):
      var end = at
      while (0x30...0x39).contains(byte(end)) || ",.".utf8.contains(byte(end)) && (0x30...0x39).contains(byte(end + 1))
      {
        end += 1
      }
      if !isWord(byte(end)) {
        result.append(UInt8(ascii: "#"))
        at = end
        continue
      }
    default: break
    }
    result.append(bytes[at])
    at += 1
  }
  return String(decoding: result, as: UTF8.self)
}
