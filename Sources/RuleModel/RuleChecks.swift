package import Diagnostics

/// Checks that apply to rules of any dialect. Those for Sigma's log sources, correlations and filters are here because
/// the model defines them.
extension CheckID {
  package static let ruleTooLarge = CheckID(
    "rule-too-large", .error,
    "The rule holds more than 10,000 tests. Split it, or raise `tests` under `limits` in `ruledex.yml`.")
  package static let ruleField = CheckID(
    "rule-field", .warning,
    "The field has a form that the rule format doesn't allow, and is left out. Write it as the specification says.")
  package static let ruleTitle = CheckID(
    "rule-title", .warning,
    "The rule has no title, so the file's name is shown, or a title that is too long. Give it one of at most 256 characters."
  )
  package static let ruleLevel = CheckID(
    "rule-level", .warning,
    "The level isn't one of informational, low, medium, high and critical, and is left out.")
  package static let ruleStatus = CheckID(
    "rule-status", .warning,
    "The status isn't one of stable, test, experimental, deprecated and unsupported, and is left out.")
  package static let ruleDate = CheckID(
    "rule-date", .warning,
    "The date is not a day of the calendar, and is left out. Write YYYY-MM-DD.")
  package static let ruleID = CheckID(
    "rule-id", .note,
    "The id isn't a UUID, which engines refuse or ignore. Give the rule a random one (version 4).")
  package static let ruleRelated = CheckID(
    "rule-related", .note,
    "A related rule isn't in this catalog, is the rule itself, or has no known type. Correct the id or the type.")
  package static let ruleReference = CheckID(
    "rule-reference", .note,
    "The reference isn't an http, https or mailto address and is shown as text. Correct it.")
  package static let sigmaLogSource = CheckID(
    "sigma-logsource", .error,
    "The rule has no log source, or one in a form that the specification doesn't allow. Write one name for each of category, product and service that it needs."
  )
  package static let sigmaCorrelation = CheckID(
    "sigma-correlation", .error,
    "The correlation has a part that is malformed or missing, or names a rule that can't be found or correlated. Correct it."
  )
  package static let sigmaFilter = CheckID(
    "sigma-filter", .error,
    "The filter has a part that is malformed or missing, or tunes no rule. Correct it.")
}
