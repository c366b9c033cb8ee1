import TestSupport

/// A rule in which nothing is to be found; what two of them have in common is up to the arguments.
func smallRule(_ title: String, image: String = "\\whoami.exe", product: String = "windows", more: String = "")
  -> String
{
  """
  title: \(title)
  status: test
  logsource:
      category: process_creation
      product: \(product)
  detection:
      selection:
          Image|endswith: '\(image)'
      condition: selection
  level: medium
  \(more)
  """
}

extension ProgramRun {
  /// The lines of the summary: rules, files, coverage, findings, site, time.
  var summary: [String] { output.split(separator: "\n").map(String.init) }

  /// Files written and files left as they were.
  var published: (written: Int, unchanged: Int)? {
    guard let match = output.firstMatch(of: /(\d+) written, (\d+) unchanged/) else { return nil }
    return (Int(match.1) ?? -1, Int(match.2) ?? -1)
  }
}
