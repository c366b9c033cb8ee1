import Diagnostics
import DialectReading
import Reading
import RuleModel
import Text

/// The folders to name under `paths`: only a few, as a person would choose them, so that rules added later are read as
/// well.
struct RuleFolders {
  struct Root: Hashable {
    /// Relative to the searched folder; `.` for that folder itself.
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
  /// The globs for `exclude`, so that what is left out stays out even though it is below a root.
  private(set) var exclude: [String] = []

  /// Whether a file is read, by its path.
  func holds(_ path: String) -> Bool {
    func lies(_ folder: String) -> Bool { folder == "." || path.utf8.starts(with: (folder + "/").utf8) }
    return roots.contains { lies($0.path) } && !leftOut.contains { lies($0.path) }
  }

  /// Whether a file in these folders is left out because of one of their names.
  static func leavesOut(_ folders: [String]) -> Bool { folders.contains { reason(forLeavingOut: $0) != nil } }

  /// How many rules the roots contain.
  var rules: Int { roots.reduce(0) { $0 + $1.rules } }
}

extension RuleFolders {
  /// If there are more than this, the folder itself is named, and what isn't to be read is excluded.
  private static let mostRoots = 8

  /// - Parameter collection: all files of one folder.
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
      // There are no other rules: if they are all in `tests`, that folder is meant.
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

  /// - Returns: nil if it is below no root.
  private func glob(for left: LeftOut) -> String? {
    let root = roots.first { $0.path == "." || left.path.utf8.starts(with: ($0.path + "/").utf8) }
    guard root != nil else { return nil }
    // A name is excluded at any depth; a folder excluded for the status of its rules, only at its own path.
    if left.reason == .retiredByStatus { return "/" + left.path }
    return left.path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) }
  }
}

/// A file, and how many rules it contains.
struct RuleFile {
  /// The names of its folders.
  var folders: [String]
  var rules: Int
  /// How many of them are deprecated or unsupported.
  var retired: Int
}

/// Why a folder with this name isn't read unless there is nothing else.
private func reason(forLeavingOut name: String) -> RuleFolders.LeftOut.Reason? {
  switch name.lowercased() {
  case "deprecated", "unsupported", "obsolete", "retired", "archive", "archived": .retiredByName
  case "test", "tests", "testdata", "fixtures": .tests
  case "build", "dist", "out", "target", "node_modules", "venv", "__pycache__": .made
  default: nil
  }
}

/// Folder names that indicate a folder of rules.
private struct TellingNames {
  private let words: [String]

  init(_ readers: DialectReaders) { words = ["rule", "detection"] + readers.all.map(\.dialect.rawValue) }

  func isTelling(_ name: String) -> Bool {
    let name = name.lowercased()
    return words.contains { name.contains($0) }
  }
}

/// Whether a path can appear in a configuration, which doesn't accept invisible characters; file names needn't even be
/// valid text.
private func isShown(_ path: String) -> Bool {
  path.unicodeScalars.allSatisfy { scalar in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: false
    default: scalar != "\u{FFFD}"
    }
  }
}

/// A folder, with everything below it.
private struct FolderOfRules {
  var children: [String: FolderOfRules] = [:]
  /// The number of rules in files directly inside it.
  var ownRules = 0
  /// The number of all rules below it.
  var rules = 0
  var retired = 0

  mutating func add(_ file: RuleFile) { add(file, file.folders[...]) }

  /// - Parameter aside: collects the files of folders that are left out because of their names, by the folder's path.
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

  /// Descends through folders in which only one of several subfolders contains rules: to `catalog/rules`, but to
  /// `rules` rather than `rules/windows`.
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
