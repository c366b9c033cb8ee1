package import Diagnostics

/// What is found in rules that say nothing about themselves, as most in tests do.
let checksOfBareRules = ["id", "description", "author", "date", "level"].map { "rule-\($0)-missing" }

/// Turns that off.
package let quietSettings = CheckSettings(
  Dictionary(
    uniqueKeysWithValues: checksOfBareRules.map { (CheckID($0, .note, ""), CheckSettings.Setting.off) }))
