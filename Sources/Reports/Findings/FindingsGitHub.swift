import Diagnostics
import XML

/// `ruledex lint --format github`: the findings as workflow commands of GitHub Actions, which become annotations on a
/// change (docs.github.com, "Workflow commands for GitHub Actions").
package func findingsGitHub(_ content: FindingsContent) -> String {
  content.findings.map { finding in
    let location = finding.location
    var properties = [("file", content.path(of: location))]
    if let position = location.position {
      let column = content.utf16Column(of: position, in: location.file)
      properties += [("line", "\(position.line)"), ("col", "\(column)")]
    }
    properties.append(("title", finding.id.name))
    let list = properties.map { "\($0)=\(escaped($1, alsoSeparators: true))" }.joined(separator: ",")
    return "::\(finding.severity.command) \(list)::\(escaped(finding.message, alsoSeparators: false))\n"
  }.joined()
}

extension Diagnostic.Severity {
  fileprivate var command: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }
}

/// Escapes a command's data, or a property's value with `alsoSeparators`, in the way the runner decodes it.
private func escaped(_ text: String, alsoSeparators: Bool) -> String {
  var result = ""
  for scalar in shownText(text).unicodeScalars {
    switch scalar {
    case "%": result += "%25"
    case "\r": result += "%0D"
    case "\n": result += "%0A"
    case ":" where alsoSeparators: result += "%3A"
    case "," where alsoSeparators: result += "%2C"
    // Logs interpret escape sequences.
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
