package import Diagnostics

/// Turns off what is found in rules that say nothing about themselves, as most in tests do.
package let quietSettings = CheckSettings(
  Dictionary(
    uniqueKeysWithValues: ["id", "description", "author", "date", "level"].map {
      (CheckID("rule-\($0)-missing", .note, ""), CheckSettings.Setting.off)
    }))
