import Diagnostics

/// `ruledex lint --format json`, format 1. Columns count UTF-8 bytes, as in `catalog.json`.
package func findingsJSON(_ content: FindingsContent) -> [UInt8] {
  var json = JSONWriter()
  json.object { json in
    json.number("format", 1)
    json.object("attack") { json in
      json.string("domain", content.matrix.domain)
      json.string("version", content.matrix.version)
    }
    json.newLine()
    json.array("findings") { json in
      for finding in content.findings {
        json.newLine()
        json.object { json in
          json.members(of: finding, spelled: content.spelling)
          json.string("help", finding.id.advice)
        }
      }
    }
    json.newLine()
    json.object("totals") { json in
      for severity in Diagnostic.Severity.allCases { json.number(severity.rawValue, content.count(severity)) }
    }
  }
  json.newLine()
  return json.bytes
}
