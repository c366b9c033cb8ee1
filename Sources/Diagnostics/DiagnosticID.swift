/// The one catalogue of what Ruledex can find. Each identifier has its usual severity and what to do about it.
package enum DiagnosticID: String, Hashable, Sendable, CaseIterable {
  // Files
  case fileUnreadable = "file-unreadable"
  case fileTooLarge = "file-too-large"
  case fileNotRegular = "file-not-regular"
  case linkOutside = "link-outside"
  case linkDangling = "link-dangling"
  case folderCycle = "folder-cycle"
  case siteFolder = "site-folder"
  case notUTF8 = "not-utf8"
  case notText = "not-text"
  case forbiddenCharacter = "forbidden-character"
  case bidirectionalControl = "bidirectional-control"

  // YAML
  case yamlSyntax = "yaml-syntax"
  case tomlSyntax = "toml-syntax"
  case yamlDepth = "yaml-depth"
  case yamlAliases = "yaml-aliases"
  case yamlDuplicateKey = "yaml-duplicate-key"
  case yamlTag = "yaml-tag"
  case workLimit = "work-limit"

  // Rules
  case ruleTooLarge = "rule-too-large"
  case ruleField = "rule-field"
  case ruleTitle = "rule-title"
  case ruleLevel = "rule-level"
  case ruleStatus = "rule-status"
  case ruleDate = "rule-date"
  case ruleID = "rule-id"
  case ruleDuplicateID = "rule-duplicate-id"
  case ruleDuplicate = "rule-duplicate"
  case ruleRelated = "rule-related"
  case ruleReference = "rule-reference"

  // Notes
  case noteTooLarge = "note-too-large"
  case noteDepth = "note-depth"
  case noteMarkup = "note-markup"
  case noteLink = "note-link"
  case noteUnplaced = "note-unplaced"

  // Sigma
  case sigmaLogSource = "sigma-logsource"
  case sigmaAction = "sigma-action"
  case sigmaDetection = "sigma-detection"
  case sigmaCondition = "sigma-condition"
  case sigmaSelectionMissing = "sigma-selection-missing"
  case sigmaSelectionUnused = "sigma-selection-unused"
  case sigmaModifier = "sigma-modifier"
  case sigmaValue = "sigma-value"
  case sigmaAggregation = "sigma-aggregation"
  case sigmaCorrelation = "sigma-correlation"
  case sigmaFilter = "sigma-filter"
  case sigmaTag = "sigma-tag"

  // ATT&CK
  case attackUnknown = "attack-unknown"
  case attackRevoked = "attack-revoked"
  case attackDeprecated = "attack-deprecated"
  case attackData = "attack-data"
  case attackBundle = "attack-bundle"
  case attackTarget = "attack-target"

  // Events
  case logSourceUnmapped = "logsource-unmapped"
  case eventNarrowed = "event-narrowed"
  case eventContradiction = "event-contradiction"
  case eventUnknown = "event-unknown"
  case eventMap = "event-map"
  case eventManifest = "event-manifest"

  // Telemetry
  case telemetry = "telemetry"
  case telemetryProvider = "telemetry-provider"
  case telemetryChannel = "telemetry-channel"
  case xmlSyntax = "xml-syntax"
  case csvSyntax = "csv-syntax"
  case sysmonConfiguration = "sysmon-config"
  case sysmonLogic = "sysmon-logic"
  case wefSubscription = "wef-subscription"
  case wefQuery = "wef-query"
  case auditRule = "audit-rule"
  case auditPolicy = "audit-policy"

  // Configuration, templates, publishing
  case configuration = "configuration"
  case template = "template"
  case output = "output"

  // Comparing
  case catalogFile = "catalog-file"
  case revision = "revision"
}

extension DiagnosticID {
  /// The severity that a finding of this kind has unless it says otherwise.
  package var severity: Diagnostic.Severity { entry.severity }

  /// What it means and what to do about it, in one or two sentences: the identifier's documentation.
  package var advice: String { entry.advice }

  /// The first sentence of ``advice``: what it means, without what to do where that is said apart.
  package var meaning: String {
    let words = advice.utf8
    // A full stop inside a name, such as `ruledex.yml`, has no space after it.
    let end = words.indices.first { index in
      let next = words.index(after: index)
      return words[index] == UInt8(ascii: ".") && (next == words.endIndex || words[next] == UInt8(ascii: " "))
    }
    return end.map { String(advice[...$0]) } ?? advice
  }

  private var entry: (severity: Diagnostic.Severity, advice: String) {
    switch self {
    case .fileUnreadable:
      (.error, "The file or folder could not be read. Check that it exists and that you may read it.")
    case .fileTooLarge:
      (
        .error,
        "The file is larger than 4 MiB, which no rule needs. Split it, leave it out with `exclude`, or raise `file-bytes` under `limits` in `ruledex.yml`."
      )
    case .fileNotRegular:
      (
        .warning,
        "Pipes, sockets and devices are never opened. Remove it from the folder, or leave it out with `exclude`."
      )
    case .linkOutside:
      (.warning, "The link leads out of the given folder and is not followed. Give its target as a path of its own.")
    case .linkDangling: (.warning, "The link leads nowhere. Remove it, or restore what it pointed at.")
    case .folderCycle: (.warning, "The link leads back to a folder above it and is not followed. Remove it.")
    case .siteFolder:
      (
        .note,
        "The folder is a site that Ruledex made, with copies of rules, and isn't read. If it holds rules of your own, remove its `.ruledex-manifest.json`."
      )
    case .notUTF8:
      (.warning, "The file holds bytes that are not UTF-8; they are shown as U+FFFD. Save the file as UTF-8.")
    case .notText: (.error, "The file is not text that can be read. Save it as UTF-8 without zero bytes.")
    case .forbiddenCharacter: (.warning, "XML forbids this character; it is shown as U+FFFD. Remove it from the file.")
    case .bidirectionalControl:
      (
        .warning,
        "The text holds a control character that can make it read otherwise than it is; it is shown as an escape. Remove it unless you want it there."
      )
    case .yamlSyntax: (.error, "The file is not well-formed YAML. Fix the place that the message names.")
    case .tomlSyntax: (.error, "The file is not well-formed TOML. Fix the place that the message names.")
    case .yamlDepth:
      (
        .error,
        "The YAML is nested more than 64 deep, which no rule needs. Flatten it, or raise `nesting` under `limits` in `ruledex.yml`."
      )
    case .yamlAliases:
      (
        .error,
        "The aliases unfold to more than 4 MiB, or to themselves. Write the values out, or raise `alias-bytes` under `limits` in `ruledex.yml`."
      )
    case .yamlDuplicateKey:
      (.error, "A key is in one map twice; only the last one holds. Rename or remove one of them.")
    case .yamlTag:
      (
        .warning,
        "A value starts with `!` or `&`, which YAML reads as a tag or an anchor and not as text. Put the value in single quotes."
      )
    case .workLimit:
      (
        .error,
        "Reading the file takes far more work than others of its size, as when thousands of documents repeat a large one; its rules are left out. Split it, or raise `work` under `limits` in `ruledex.yml`."
      )
    case .ruleTooLarge:
      (.error, "The rule holds more than 10,000 tests. Split it, or raise `tests` under `limits` in `ruledex.yml`.")
    case .ruleField:
      (
        .warning,
        "The field has a form that the rule format doesn't allow, and is left out. Write it as the specification says."
      )
    case .ruleTitle:
      (
        .warning,
        "The rule has no title, so the file's name is shown, or a title that is too long. Give it one of at most 256 characters."
      )
    case .ruleLevel:
      (.warning, "The level isn't one of informational, low, medium, high and critical, and is left out.")
    case .ruleStatus:
      (.warning, "The status isn't one of stable, test, experimental, deprecated and unsupported, and is left out.")
    case .ruleDate: (.warning, "The date is not a day of the calendar, and is left out. Write YYYY-MM-DD.")
    case .ruleID:
      (.note, "The id isn't a UUID, which engines refuse or ignore. Give the rule a random one (version 4).")
    case .ruleDuplicateID:
      (.error, "Two rules have the same id, so that references to it are ambiguous. Give one of them a new id.")
    case .ruleDuplicate:
      (
        .note,
        "Another rule has the same tests in the same condition on the same logs, and so matches the same events. Keep one of them."
      )
    case .ruleRelated:
      (
        .note,
        "A related rule isn't in this catalog, is the rule itself, or has no known type. Correct the id or the type."
      )
    case .ruleReference:
      (.note, "The reference isn't an http, https or mailto address and is shown as text. Correct it.")
    case .noteTooLarge:
      (
        .warning,
        "The note is larger than 128 KiB or has more than 8,000 parts, and isn't fully shown. Split it, or raise `note-bytes` under `limits` in `ruledex.yml`."
      )
    case .noteDepth:
      (.warning, "The note's lists or quotes are nested more than 24 deep; what is deeper is left out. Flatten it.")
    case .noteMarkup: (.note, "HTML in a note is shown as text; comments are left out. Write Markdown instead.")
    case .noteLink:
      (
        .note,
        "The link leads to no page of the site and is shown as text. Link to the file of a rule or of another note, or give a whole address."
      )
    case .noteUnplaced:
      (
        .warning,
        "The note's file isn't named after anything in the catalog. Name it after a technique, such as `T1059.001.md`, or after a provider and an event, such as `Okta-user/user.session.start.md`."
      )
    case .sigmaLogSource:
      (
        .error,
        "The rule has no log source, or one in a form that the specification doesn't allow. Write one name for each of category, product and service that it needs."
      )
    case .sigmaAction:
      (
        .error,
        "The action isn't one of global, repeat and reset, or there is nothing for it to work on. Correct it or remove it."
      )
    case .sigmaDetection:
      (
        .error,
        "The detection section or one of its search identifiers is malformed. Write maps, lists of maps or lists of keywords."
      )
    case .sigmaCondition: (.error, "The condition can't be parsed; its text is shown as it is. Correct it.")
    case .sigmaSelectionMissing:
      (.error, "The condition names a search identifier that the detection lacks. Correct the name, or add it.")
    case .sigmaSelectionUnused: (.warning, "The condition doesn't use this search identifier. Use it or remove it.")
    case .sigmaModifier: (.error, "The modifier is unknown, or can't be combined with the others or with this value.")
    case .sigmaValue: (.warning, "The value doesn't fit its modifier. Correct it.")
    case .sigmaAggregation:
      (.warning, "Aggregations after a pipe were removed from Sigma. Write a correlation rule instead.")
    case .sigmaCorrelation:
      (
        .error,
        "The correlation has a part that is malformed or missing, or names a rule that can't be found or correlated. Correct it."
      )
    case .sigmaFilter:
      (.error, "The filter has a part that is malformed or missing, or tunes no rule. Correct it.")
    case .sigmaTag: (.note, "Tags have a namespace, a dot and a name, in lower case.")
    case .attackUnknown: (.warning, "The id or name is not in the loaded version of ATT&CK. Correct it.")
    case .attackRevoked: (.warning, "The id was revoked; its replacement is counted. Write the replacement.")
    case .attackDeprecated: (.warning, "The id was deprecated without a replacement. Choose another technique.")
    case .attackData: (.error, "The ATT&CK data can't be read. Make it again with `ruledex attack import`.")
    case .attackBundle:
      (
        .error,
        "The STIX bundle can't be imported. Give one domain's bundle as MITRE publishes it, like enterprise-attack.json."
      )
    case .attackTarget:
      (
        .error,
        "The target names no techniques. Give an id (T1059, TA0006, G0016, S0002, C0024), the name of a group, a list of these, or a Navigator layer of format 4."
      )
    case .logSourceUnmapped:
      (
        .warning,
        "The event map doesn't know the log source. Add it to an event map of your own, named in `ruledex.yml`."
      )
    case .eventNarrowed: (.note, "The rule tests a field that this event lacks, so that the event can't show it.")
    case .eventContradiction:
      (
        .error,
        "The rule asks for an event that its log source doesn't have, or for several at once, and so can never match; it isn't counted. Correct the event or the log source."
      )
    case .eventUnknown:
      (
        .warning,
        "The provider has no event of this number, by a list that is complete. Correct the number, or the log source."
      )
    case .eventMap: (.error, "The event map is malformed. Write it as catalog/knowledge/events/README.md says.")
    case .eventManifest:
      (
        .error,
        "The manifest can't be imported. Give a Windows instrumentation manifest, an export of WEPExplorer, or Sysmon's schema."
      )
    case .telemetry:
      (.error, "The telemetry file is malformed. Write `collected`, and lists of the collectors' own files by kind.")
    case .telemetryProvider:
      (
        .warning,
        "The event map doesn't know the provider or log source; what was probably meant counts as collected in part. Correct it, or add it to an event map of your own."
      )
    case .telemetryChannel:
      (
        .note,
        "No provider of the event map is known to write to this channel, so it isn't known what it brings. Correct its name, or add it to an event map of your own."
      )
    case .xmlSyntax: (.error, "The file is not well-formed XML. Correct the place that the message names.")
    case .csvSyntax:
      (
        .warning,
        "The line isn't what a table of this kind has, so that its provider counts as collected in part. Correct the line, or save the table again."
      )
    case .sysmonConfiguration:
      (
        .warning,
        "Sysmon refuses a configuration with this in it, or knows the name in another version only; what it is about counts as collected in part. Correct it; `sysmon -s` prints what Sysmon knows."
      )
    case .sysmonLogic:
      (
        .warning,
        "Sysmon takes the configuration, but does something other than it seems to say. Write what you want it to do."
      )
    case .wefSubscription:
      (
        .error,
        "The file isn't a subscription or query list of the Windows event log, or a part of it isn't what the schema has; that part counts as collected in part. Correct it."
      )
    case .wefQuery:
      (
        .warning,
        "The query is outside the XPath that the Windows event log takes, and counts as collected in part; a name that no event has selects nothing. Correct it. A note says what isn't known of the query."
      )
    case .auditRule:
      (
        .warning,
        "auditctl refuses this line, or may refuse it because it has a name that isn't known here; what isn't understood counts as recorded in part. Correct it."
      )
    case .auditPolicy:
      (
        .warning,
        "The subcategory or setting isn't known; what it may be about counts as recorded in part. Save the policy with `auditpol /backup`, which writes numbers."
      )
    case .configuration: (.error, "The configuration is malformed. See the README for its keys.")
    case .template: (.error, "The template can't be used. Fix the place that the message names.")
    case .output: (.error, "The site can't be written there.")
    case .catalogFile: (.error, "The file isn't a catalog.json. Give one that `ruledex build` made.")
    case .revision: (.error, "Git doesn't have that revision or path. Check them, and fetch the revision first.")
    }
  }
}
