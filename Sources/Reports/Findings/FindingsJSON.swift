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
          write(finding, to: &json)
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

/// The members of a finding, as in `catalog.json`.
func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
  json.string("file", diagnostic.location.path)
  if let position = diagnostic.location.position {
    json.number("line", Int(position.line))
    json.number("column", Int(position.column))
  }
  json.string("severity", diagnostic.severity.rawValue)
  json.string("id", diagnostic.id.rawValue)
  json.string("message", diagnostic.message)
}
