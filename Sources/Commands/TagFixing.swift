import Analysis
import Attack
import Diagnostics
import Documents
import Text

/// Implements `ruledex lint --fix`: updates tags that are no longer in ATT&CK to the loaded version, in the files
/// themselves.
struct TagFixing {
  /// How many tags were changed, or with `isDry` would be, including those that were removed.
  private(set) var changed = 0
  private(set) var removed = 0
  private(set) var files = 0
  /// The findings on tags that are left unchanged, in order of location.
  private(set) var left: [Diagnostic]
  /// The changes as a unified diff, by path.
  private(set) var diff: [UInt8] = []

  /// - Parameters:
  ///   - isDry: whether to write nothing.
  ///   - spelling: how to write file paths in the diff.
  init(_ catalog: LoadedCatalog, isDry: Bool, spelled spelling: PathSpelling) {
    let fixes = TagFixes(of: catalog.index, attack: catalog.knowledge.attack)
    left = fixes.undecided
    for file in fixes.files {
      let body = file.file.bytes ?? []
      let edits = file.fixes.map(\.edit)
      let edited =
        catalog.collection.readers.reader(of: file.dialect)?.edit.map { $0(body, edits, file.file.path) }
        ?? EditedText(refused: edits.map { ($0, "rules of \(file.dialect.label) aren't edited") })
      left += edited.refused.map { edit, reason in
        let check = file.fixes.first { $0.position == edit.position }?.check
        return Diagnostic(
          check ?? .attackRevoked, at: SourceLocation(file.file, at: edit.position),
          "the tag isn't changed: \(reason); \(edit.advice)")
      }
      guard !edited.done.isEmpty else { continue }
      if isDry {
        diff += UnifiedDiff(of: spelling.path(of: file.file), body, edited.edits).bytes
      } else {
        do throws(InputError) {
          try OutputFile.replace(file.file.path, holding: body, with: applying(edited.edits, to: body))
        } catch {
          left += error.diagnostics
          continue
        }
      }
      files += 1
      changed += edited.done.count
      removed += edited.done.count { $0.change == .removal }
    }
    left = left.sortedOnce(spelled: spelling)
  }

  /// `13 tags changed in 9 files, 1 of them removed, as what it became was there already; 5 left`.
  func summary(isDry: Bool) -> String {
    let done = "\(counted(changed, "tag"))\(isDry ? " to change" : " changed") in \(counted(files, "file"))"
    let gone = removed > 0 ? ", \(removed) of them removed as duplicates" : ""
    return "\(done)\(gone); \(left.isEmpty ? "none" : "\(left.count)") left"
  }
}

extension TagFixes.Fix {
  fileprivate var edit: ScalarEdit {
    switch change {
    case .rename(let name): ScalarEdit(at: position, old: written, change: .ending(with: name))
    case .removal: ScalarEdit(at: position, old: written, change: .removal)
    }
  }
}

extension ScalarEdit {
  fileprivate var advice: String {
    switch change {
    case .ending(let name): "write '\(name)' for '\(old)'"
    case .removal: "remove '\(old)'; its replacement is already tagged"
    }
  }
}
