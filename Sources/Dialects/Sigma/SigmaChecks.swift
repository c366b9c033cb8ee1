package import Diagnostics

/// Checks on Sigma rules.
extension CheckID {
  package static let sigmaAction = CheckID(
    "sigma-action", .error,
    "The action isn't one of global, repeat and reset, or there is nothing for it to work on. Correct it or remove it.")
  package static let sigmaDetection = CheckID(
    "sigma-detection", .error,
    "The detection section or one of its search identifiers is malformed. Write maps, lists of maps or lists of keywords."
  )
  package static let sigmaCondition = CheckID(
    "sigma-condition", .error,
    "The condition can't be parsed; its text is shown as it is. Correct it.")
  package static let sigmaSelectionMissing = CheckID(
    "sigma-selection-missing", .error,
    "The condition names a search identifier that the detection lacks. Correct the name, or add it.")
  package static let sigmaSelectionUnused = CheckID(
    "sigma-selection-unused", .warning,
    "The condition doesn't use this search identifier. Use it or remove it.")
  package static let sigmaModifier = CheckID(
    "sigma-modifier", .error,
    "The modifier is unknown, or can't be combined with the others or with this value.")
  package static let sigmaValue = CheckID(
    "sigma-value", .warning,
    "The value doesn't fit its modifier. Correct it.")
  package static let sigmaAggregation = CheckID(
    "sigma-aggregation", .warning,
    "Aggregations after a pipe were removed from Sigma. Write a correlation rule instead.")
  package static let sigmaTag = CheckID(
    "sigma-tag", .note,
    "Tags have a namespace, a dot and a name, in lower case.")
}
