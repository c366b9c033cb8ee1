import Diagnostics
import DialectReading
import Reading
import RuleModel
import Text

/// Which folders to name under `paths`: few, as a person would, so that a rule that is added tomorrow is read as well.
struct RuleFolders {
  struct Root: Hashable {
    /// Below the folder that was looked through; `.` for that itself.
    var path: String
    var rules: Int
  }

  struct LeftOut: Hashable {
    enum Reason: String {
      case retiredByName = "retired, as its name says"
      case retiredByStatus = "all of them deprecated or unsupported"
      case tests = "of tests, as its name says"
      case made = "made by a build, as its name says"
    }

    var path: String
    var rules: Int
    var reason: Reason
  }

  private(set) var roots: [Root] = []
  private(set) var leftOut: [LeftOut] = []
  /// What `exclude` must say, so that what is left out stays out though it lies below a root.
  private(set) var exclude: [String] = []

  /// Whether a file is read, by its path.
  func holds(_ path: String) -> Bool {
    func lies(_ folder: String) -> Bool { folder == "." || path.utf8.starts(with: (folder + "/").utf8) }
    return roots.contains { lies($0.path) } && !leftOut.contains { lies($0.path) }
  }

  /// Whether a file in these folders is left out for one of their names.
  static func leavesOut(_ folders: [String]) -> Bool { folders.contains { reason(forLeavingOut: $0) != nil } }

  /// How many rules the roots hold.
  var rules: Int { roots.reduce(0) { $0 + $1.rules } }
}

extension RuleFolders {
  /// With more than so many, the folder itself is named, and what is not to be read excluded.
  private static let mostRoots = 8

  /// - Parameter collection: of one folder, all of it.
  init(of collection: RuleCollection) {
    var counts: [String: (rules: Int, retired: Int)] = [:]
    for rule in collection.rules {
      counts[rule.source.path, default: (0, 0)].rules += 1
      if rule.status?.isRetired == true { counts[rule.source.path, default: (0, 0)].retired += 1 }
    }
    let files = collection.files.map { file in
      let count = counts[file.path] ?? (0, 0)
      return RuleFile(
        folders: file.path.utf8.split(separator: UInt8(ascii: "/")).dropLast().map { String(Substring($0)) },
        rules: count.rules, retired: count.retired)
    }
    self.init(of: files, readers: collection.readers)
  }

  init(of files: [RuleFile], readers: DialectReaders = .standard) {
    let telling = TellingNames(readers)
    var top = FolderOfRules()
    var aside: [String: LeftOut] = [:]
    for file in files { top.add(file, settingAside: &aside) }
    if top.rules == 0 {
      // Nothing else is there: who keeps his rules in `tests` means them.
      (top, aside) = (FolderOfRules(), [:])
      for file in files { top.add(file) }
    }
    guard top.rules > 0 else { return }
    for (name, child) in top.children
    where child.rules > 0 && child.retired == child.rules && top.retired < top.rules && isShown(name) {
      aside[name] = LeftOut(path: name, rules: child.rules, reason: .retiredByStatus)
    }
    leftOut = aside.values.sorted { inByteOrder($0.path, $1.path) }
    choose(from: top, without: Set(leftOut.map(\.path)), telling)
    exclude = Set(leftOut.compactMap(glob)).sorted()
  }

  private mutating func choose(from top: FolderOfRules, without aside: Set<String>, _ telling: TellingNames) {
    let children = top.children.filter { $0.value.rules > 0 && !aside.contains($0.key) }
    roots = children.map { name, child in
      let inner = child.innermost(below: name, telling)
      return Root(path: inner.path, rules: inner.folder.rules)
    }.sorted { inByteOrder($0.path, $1.path) }
    let isWhole =
      children.count == top.children.count && children.count > 1 && !children.keys.contains(where: telling.isTelling)
    if top.ownRules > 0 || isWhole || roots.count > RuleFolders.mostRoots || !roots.allSatisfy({ isShown($0.path) }) {
      let set = top.children.filter { aside.contains($0.key) }.reduce(0) { $0 + $1.value.rules }
      roots = [Root(path: ".", rules: top.rules - set)]
    }
  }

  /// - Returns: nil where it lies below no root.
  private func glob(for left: LeftOut) -> String? {
    let root = roots.first { $0.path == "." || left.path.utf8.starts(with: ($0.path + "/").utf8) }
    guard root != nil else { return nil }
    // Names that are left out are so at any depth; one that its rules' statuses decide, at its place.
    if left.reason == .retiredByStatus { return "/" + left.path }
    return left.path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
  }
}

/// A file, and how many rules it holds.
struct RuleFile {
  /// The names of the folders that it lies in.
  var folders: [String]
  var rules: Int
  /// Those that are deprecated or unsupported.
  var retired: Int
}

/// Why a folder of this name isn't read unless nothing else is there.
private func reason(forLeavingOut name: String) -> RuleFolders.LeftOut.Reason? {
  switch name.lowercased() {
  case "deprecated", "unsupported", "obsolete", "retired", "archive", "archived": .retiredByName
  case "test", "tests", "testdata", "fixtures": .tests
  case "build", "dist", "out", "target", "node_modules", "venv", "__pycache__": .made
  default: nil
  }
}

/// The names by which folders say that rules are their purpose.
private struct TellingNames {
  private let words: [String]

  init(_ readers: DialectReaders) { words = ["rule", "detection"] + readers.all.map(\.dialect.rawValue) }

  func isTelling(_ name: String) -> Bool {
    let name = name.lowercased()
    return words.contains { name.contains($0) }
  }
}

/// Whether a path can be in a configuration, which takes nothing that a reader can't see; file names needn't even be text.
private func isShown(_ path: String) -> Bool {
  path.unicodeScalars.allSatisfy { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: false
    default: scalar != "\u{FFFD}"
    }
  }
}

/// A folder with what lies below it.
private struct FolderOfRules {
  var children: [String: FolderOfRules] = [:]
  /// Rules of files that lie in itself.
  var ownRules = 0
  /// All rules below.
  var rules = 0
  var retired = 0

  mutating func add(_ file: RuleFile) { add(file, file.folders[...]) }

  /// - Parameter aside: where files of folders go that are left out for their names, by the folder's path.
  mutating func add(_ file: RuleFile, settingAside aside: inout [String: RuleFolders.LeftOut]) {
    for (depth, name) in file.folders.enumerated() {
      guard let reason = reason(forLeavingOut: name) else { continue }
      let path = file.folders[...depth].joined(separator: "/")
      if file.rules > 0 {
        aside[path, default: RuleFolders.LeftOut(path: path, rules: 0, reason: reason)].rules += file.rules
      }
      return
    }
    add(file)
  }

  private mutating func add(_ file: RuleFile, _ folders: ArraySlice<String>) {
    rules += file.rules
    retired += file.retired
    if let name = folders.first {
      children[name, default: FolderOfRules()].add(file, folders.dropFirst())
    } else {
      ownRules += file.rules
    }
  }

  /// Past folders that hold one folder of rules among others that hold none: `catalog/rules`, but `rules` and not `rules/windows`.
  func innermost(below path: String, _ telling: TellingNames) -> (path: String, folder: FolderOfRules) {
    var (path, folder) = (path, self)
    while !telling.isTelling(lastName(path)), folder.ownRules == 0, folder.children.count > 1 {
      let holding = folder.children.filter { $0.value.rules > 0 }
      guard holding.count == 1, let only = holding.first else { break }
      (path, folder) = (path + "/" + only.key, only.value)
    }
    return (path, folder)
  }

  private func lastName(_ path: String) -> String {
    path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? path
  }
}
