import Checks
import Diagnostics
import RuleModel
import Text

/// `ruledex lint --format sarif`: the findings as a SARIF 2.1.0 log (OASIS, "Static Analysis Results Interchange
/// Format"), in the subset that GitHub's code scanning reads.
package func findingsSARIF(_ content: FindingsContent) -> [UInt8] {
  let checks = allChecks.filter { id in content.findings.contains { $0.id == id } }
  var json = JSONWriter()
  json.object { json in
    json.string("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.string("version", "2.1.0")
    json.array("runs") { json in
      json.object { json in
        json.object("tool") { json in
          json.object("driver") { json in
            json.string("name", "Ruledex")
            json.string("version", content.version)
            json.array("rules") { json in
              for check in checks {
                json.newLine()
                json.object { json in write(check, to: &json) }
              }
            }
          }
        }
        json.newLine()
        // SARIF has no unit for bytes (section 3.14.17), and editors count this way.
        json.string("columnKind", "utf16CodeUnits")
        json.newLine()
        json.array("results") { json in
          var fingerprints = Fingerprints()
          for finding in content.findings {
            json.newLine()
            json.object { json in
              json.string("ruleId", finding.id.name)
              json.optionalNumber("ruleIndex", checks.firstIndex(of: finding.id))
              json.string("level", finding.severity.rawValue)
              json.object("message") { $0.string("text", sarifText(finding.message)) }
              json.array("locations") { json in
                json.object { json in
                  json.object("physicalLocation") { json in write(finding.location, of: content, to: &json) }
                }
              }
              json.object("partialFingerprints") {
                $0.string("ruledexFinding/v1", fingerprints.next(of: finding, in: content.path(of: finding.location)))
              }
            }
          }
        }
      }
    }
  }
  json.newLine()
  return json.bytes
}

private func write(_ check: CheckID, to json: inout JSONWriter) {
  json.string("id", check.name)
  json.object("shortDescription") { $0.string("text", sarifText(check.meaning)) }
  json.object("help") { $0.string("text", sarifText(check.advice)) }
  json.object("defaultConfiguration") { $0.string("level", check.severity.rawValue) }
}

private func write(_ location: SourceLocation, of content: FindingsContent, to json: inout JSONWriter) {
  json.object("artifactLocation") { $0.string("uri", content.address(content.path(of: location))) }
  guard let position = location.position else { return }
  json.object("region") { json in
    json.number("startLine", Int(position.line))
    json.number("startColumn", content.utf16Column(of: position, in: location.file))
    guard let end = location.end else { return }
    json.number("endLine", Int(end.line))
    json.number("endColumn", content.utf16Column(of: end, in: location.file))
  }
}

/// Escapes a text so that nothing in it is a placeholder or a link (sections 3.11.5 and 3.11.6): messages quote rules.
private func sarifText(_ text: String) -> String {
  guard text.utf8.contains(where: { [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "]")].contains($0) }) else {
    return text
  }
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "{", "}": result.unicodeScalars += [scalar, scalar]
    case "(" where result.unicodeScalars.last == "]":
      result.unicodeScalars.removeLast()
      result += "\\]("
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Distinguishes a finding from the others in its file, and stays the same between runs even if its line moves.
private struct Fingerprints {
  private var seen: [String: Int] = [:]

  mutating func next(of finding: Diagnostic, in path: String) -> String {
    let text = [finding.id.name, path, finding.message].joined(separator: "\u{0}")
    let number = seen[text, default: 0]
    seen[text] = number + 1
    return "\(stableHash(of: text)):\(number)"
  }
}
