import Diagnostics
import Documents
import Files
import Reports
import RuleModel
import Text

/// The file of `ruledex lint --baseline`, applied to what was found.
struct LintBaseline {
  let path: String

  /// The findings that the baseline doesn't accept, and what to say about the others.
  ///
  /// - Throws: if the file can't be read.
  func rest(
    of findings: [Diagnostic], in catalog: LoadedCatalog
  ) throws(InputError) -> (findings: [Diagnostic], note: String) {
    guard exists(path) else {
      throw InputError(.fileUnreadable, at: path, "there is no such file; make it with --update-baseline")
    }
    let bytes = try InputFile.bytes(of: path)
    let accepted: AcceptedFindings
    do throws(DocumentError) {
      accepted = try AcceptedFindings(parsingJSON: bytes)
    } catch {
      throw InputError([error.diagnostic(in: path)])
    }
    let subjects = catalog.findingSubjects
    let rest = accepted.rest(of: findings, subject: subjects.subject(of:))
    let gone =
      rest.gone == 0
      ? "" : "; \(counted(rest.gone, "other")) no longer found, so update it with --update-baseline"
    return (rest.new, "\(counted(rest.accepted, "finding")) accepted by \(path)\(gone)")
  }

  /// Accepts everything that is found.
  ///
  /// - Returns: what was done.
  /// - Throws: if the file can't be written.
  func update(with findings: [Diagnostic], in catalog: LoadedCatalog) throws(InputError) -> String {
    let accepted = AcceptedFindings(of: findings, subject: catalog.findingSubjects.subject(of:))
    try OutputFile.write(accepted.json, to: path)
    return "\(counted(accepted.count, "finding")) accepted in \(path)"
  }
}

/// What findings are about.
struct FindingSubjects {
  fileprivate var keys: [Diagnostic: RuleKey] = [:]

  /// The key of a finding's rule, or else the path of its file.
  func subject(of finding: Diagnostic) -> String { keys[finding]?.description ?? finding.location.file.source }
}

extension LoadedCatalog {
  /// The rule of each finding; the first of those that share it.
  var findingSubjects: FindingSubjects {
    var subjects = FindingSubjects()
    for (rule, findings) in checked.ofRules.all.pairs {
      for finding in findings where subjects.keys[finding] == nil { subjects.keys[finding] = index.rules[rule].key }
    }
    for (rule, finding) in checked.duplicates { subjects.keys[finding] = index.rules[rule].key }
    return subjects
  }
}
