import Documents
import Telemetry
import Text

/// What `ruledex init` found in a folder, and the files that it generates from that.
struct SetupFiles {
  /// A host for pipelines.
  enum Pipeline: String, CaseIterable {
    case github, gitlab

    /// The path at which it expects them, from the repository's root.
    var path: String {
      switch self {
      case .github: ".github/workflows/ruledex.yml"
      case .gitlab: ".gitlab-ci.yml"
      }
    }

    var text: String {
      filledText("Sources/Commands/Setup/\(self).yml", ["packages": SetupFiles.packages.joined(separator: " ")])
    }
  }

  /// Debian's packages that Ruledex is built and run with.
  static var packages: [String] {
    String(decoding: Embedded.file("Sources/Commands/Setup/packages"), as: UTF8.self).split(separator: "\n")
      .map(String.init)
  }

  static let configurationPath = "ruledex.yml"

  var folders: RuleFolders
  var collectors: FoundCollectors
  var wanted: WantedLogSources
  var pipeline: Pipeline?
  /// nil if no host is known.
  var repository: HostedRepository?

  /// By path below the folder, in the order of listing.
  var texts: [(path: String, text: String)] {
    var texts = [(SetupFiles.configurationPath, configuration), ("telemetry.yml", telemetry)]
    if let pipeline { texts.append((pipeline.path, pipeline.text)) }
    return texts
  }

  /// Whether any event is known to be collected: until then, all rules would be blind.
  private var isCollectionKnown: Bool { collectors.usable.contains { $0.kind != .policy } }

  // MARK: ruledex.yml

  private var configuration: String {
    filledText(
      "Sources/Commands/Setup/ruledex.yml",
      [
        "found": found.joined(separator: "\n"), "paths": paths.joined(separator: "\n"), "exclude": exclude,
        "pending": isCollectionKnown
          ? "" : " Set it once telemetry.yml says something:\n# until then, all rules would be blind.",
        "telemetry": isCollectionKnown ? "telemetry: telemetry.yml" : "#telemetry: telemetry.yml",
        "host": repository == nil ? " Write the address of yours." : "",
        // The address has been checked, so it needs no quotes.
        "repository": repository?.pattern ?? "https://git.example.com/detections/blob/main/{file}",
      ])
  }

  private var found: [String] {
    let found = folders.roots.map { "#   \(Terminal.harmless($0.path)): \(counted($0.rules, "rule"))" }
    let left = folders.leftOut.map {
      "#   \(Terminal.harmless($0.path)): \(counted($0.rules, "rule")), \($0.reason.rawValue)"
    }
    return ["# Found when this file was written:"] + found + (left.isEmpty ? [] : ["# Left out:"] + left)
  }

  private var paths: [String] {
    folders.roots.map { root in
      // If there are several roots, their last path components could be the same.
      folders.roots.count > 1 && root.path.utf8.contains(UInt8(ascii: "/"))
        ? "  - {path: \(yamlScalar(root.path)), name: \(yamlScalar(root.path))}" : "  - \(yamlScalar(root.path))"
    }
  }

  private var exclude: String {
    folders.exclude.isEmpty
      ? "#exclude: [deprecated, \"*_draft.yml\"]"
      : "exclude: [\(folders.exclude.map(yamlScalar).joined(separator: ", "))]"
  }

  // MARK: telemetry.yml

  private var telemetry: String {
    let faulty = collectors.files.filter { $0.fault != nil }
    let faults = faulty.map { "#   \($0.kind.rawValue), \($0.fault ?? "")" }
    return filledText(
      "Sources/Commands/Setup/telemetry.yml",
      [
        "pending": isCollectionKnown
          ? ""
          : "\n#\n# Nothing is known to be collected yet. Once you said what is, name this file in ruledex.yml: 'telemetry: telemetry.yml'.",
        "sysmon": files(.sysmon, "sysmonconfig.xml"), "linux": files(.sysmonLinux, "sysmon-linux.xml"),
        "wef": files(.wef, "subscription.xml"), "auditpol": files(.auditPolicy, "policy.csv"),
        "policy": files(.policy, "Registry.pol"),
        "auditd": files(.auditd, "audit.rules"), "csv": files(.csv, "collected.csv"),
        "faults": faults.isEmpty
          ? "" : "\n# Found, and not usable as they are:\n" + faults.joined(separator: "\n") + "\n",
        "wanted": wantedLines.joined(separator: "\n"),
      ])
  }

  /// The key of a kind: with its files if there are any, otherwise with a commented-out example.
  private func files(_ kind: TelemetrySource.Kind, _ example: String) -> String {
    let files = collectors.usable.filter { $0.kind == kind }
    guard !files.isEmpty else { return "#\(kind.rawValue): [\(example)]" }
    return (["\(kind.rawValue):"] + files.map { "  - \(yamlScalar($0.path))" }).joined(separator: "\n")
  }

  private var wantedLines: [String] {
    let lines = wanted.rows.map { row in
      let names = [
        ("product", row.logSource.product), ("category", row.logSource.category), ("service", row.logSource.service),
      ]
      let words = names.compactMap { name, value in value.map { "\(name): \(yamlScalar($0))" } }.joined(separator: ", ")
      return "#  - logsource: {\(words)}  # \(counted(row.rules, "rule"))"
    }
    let unknown =
      wanted.unknown == 0
      ? []
      : [
        "# \(counted(wanted.unknown, "rule")) ask for log sources that need an event map of your own: 'ruledex build' names them."
      ]
    return lines + unknown
  }
}
