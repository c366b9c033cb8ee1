import Analysis
import Attack
package import Diagnostics
import Documents
import Elastic
import Events
import Markdown
import Panther
import QueryLanguages
import Reading
import RuleModel
import Sentinel
import Sigma
import Splunk
import Telemetry
import Templates
import YARAL

/// Everything that Ruledex can report, in the order in which it is documented. Each declared check is listed here.
package let allChecks: [CheckID] = [
  // Files
  .fileUnreadable, .fileTooLarge, .fileNotRegular, .linkOutside, .linkDangling, .folderCycle, .siteFolder,
  .companionDuplicate, .notUTF8,
  .notText, .forbiddenCharacter, .bidirectionalControl,
  // YAML, TOML and JSON
  .yamlSyntax, .tomlSyntax, .jsonSyntax, .yamlDepth, .tomlDepth, .jsonDepth, .yamlAliases, .yamlDuplicateKey, .yamlTag,
  .workLimit,
  // Rules
  .ruleTooLarge, .ruleField, .ruleTitle, .ruleLevel, .ruleStatus, .ruleDate, .ruleID, .ruleDuplicateID,
  .ruleDuplicate, .ruleRelated, .ruleReference,
  .ruleTitleRepeated, .ruleTagRepeated, .ruleReferenceRepeated, .ruleIDMissing, .ruleDescriptionMissing,
  .ruleAuthorMissing, .ruleDateMissing, .ruleLevelMissing, .ruleFalsePositivesMissing, .ignoreComment,
  // Fields, values and logic
  .fieldUnknown, .fieldSpelling, .originalFileNamePath, .hashLength, .valueRepeated, .valueCovered,
  .selectionContradiction, .filterWithoutEffect,
  // Notes
  .noteTooLarge, .noteDepth, .noteTable, .noteMarkup, .noteLink, .notePicture, .noteUnplaced,
  // Sigma
  .sigmaLogSource, .sigmaAction, .sigmaDetection, .sigmaCondition, .sigmaSelectionMissing, .sigmaSelectionUnused,
  .sigmaModifier, .sigmaValue, .sigmaAggregation, .sigmaCorrelation, .sigmaFilter, .sigmaTag,
  // Elastic
  .elasticType, .elasticQuery,
  // Sentinel
  .sentinelQuery, .sentinelKind,
  // Splunk
  .splunkSearch, .splunkType, .splunkStanza,
  // YARA-L
  .yaralSection, .yaralFile,
  // Panther
  .pantherPython, .pantherQuery, .pantherDetection, .pantherReport,
  // Queries
  .querySyntax, .queryFunction, .queryUnread,
  // ATT&CK
  .attackUnknown, .attackRevoked, .attackDeprecated, .attackData, .attackBundle, .attackTarget, .attackScope,
  .acceptedGap,
  // Events
  .logSourceUnmapped, .logSourceMissing, .eventNarrowed, .eventContradiction, .eventUnknown, .eventMap, .eventManifest,
  // Telemetry
  .telemetry, .telemetryProvider, .telemetryField, .telemetryExclusion, .telemetryChannel, .registryPolicy, .xmlSyntax,
  .csvSyntax, .sysmonConfiguration, .sysmonLogic,
  .wefSubscription, .wefQuery, .auditRule, .auditPolicy,
  // Configuration, templates, publishing
  .configuration, .template, .output,
  // Comparing
  .catalogFile, .lintBaseline, .revision,
]

/// The examples of each check that has some.
package let examplesOfChecks: [CheckID: [CheckExample]] = Dictionary(
  uniqueKeysWithValues: ruleChecks.compactMap { check in check.id.map { ($0, check.examples) } }
    + logicChecks.map { ($0.id, $0.examples) } + readerExamples.map { ($0.key, $0.value) })

private let checksByName = Dictionary(uniqueKeysWithValues: allChecks.map { ($0.name, $0) })

extension CheckID {
  /// The check with that name; nil if there is none.
  package init?(named name: String) {
    guard let check = checksByName[name] else { return nil }
    self = check
  }
}

/// Says that no check has a name, and which one it may have been meant to be.
///
/// - Parameter advice: what to do if no name is near.
package func unknownCheck(_ name: String, otherwise advice: String = "see 'ruledex lint --explain all'") -> String {
  let near = nearestName(to: name, in: allChecks.map(\.name)).map { "did you mean '\($0)'?" }
  return "no check is called '\(shortened(name))'; \(near ?? advice)"
}
