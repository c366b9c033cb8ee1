package import Diagnostics

/// What is found of ATT&CK: in tags, in its data and in targets.
extension CheckID {
  package static let attackUnknown = CheckID(
    "attack-unknown", .warning,
    "The id or name is not in the loaded version of ATT&CK. Correct it.")
  package static let attackRevoked = CheckID(
    "attack-revoked", .warning,
    "The id was revoked; its replacement is counted. Write the replacement.")
  package static let attackDeprecated = CheckID(
    "attack-deprecated", .warning,
    "The id was deprecated without a replacement. Choose another technique.")
  package static let attackData = CheckID(
    "attack-data", .error,
    "The ATT&CK data can't be read. Make it again with `ruledex attack import`.")
  package static let attackBundle = CheckID(
    "attack-bundle", .error,
    "The STIX bundle can't be imported. Give one domain's bundle as MITRE publishes it, like enterprise-attack.json.")
  package static let attackTarget = CheckID(
    "attack-target", .error,
    "The target names no techniques. Give an id (T1059, TA0006, G0016, S0002, C0024), the name of a group, a list of these, or a Navigator layer of format 4."
  )
  package static let attackScope = CheckID(
    "attack-scope", .error,
    "The scope or an accepted gap in the configuration names something that the loaded version of ATT&CK doesn't have. Correct the id or name."
  )
  package static let acceptedGap = CheckID(
    "accepted-gap", .warning,
    "The date until which a gap was accepted has passed, so the gap counts again. Close it, or set a new date under 'accepted'."
  )
}
