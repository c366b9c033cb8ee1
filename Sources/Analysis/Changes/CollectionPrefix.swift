import Diagnostics

/// Matches up the folders of two states of a catalog.
///
/// Once there is a second collection, each source starts with its collection's name, although no file moved. So the
/// name of the collection that both states have is removed on the side that has it.
struct CollectionPrefix {
  /// The collection's name with a slash at the end.
  private var prefix: String?
  private var isOfNew = true

  init(_ old: CatalogSnapshot, _ new: CatalogSnapshot) {
    let (before, after) = (Set(old.entries.map(\.source)), Set(new.entries.map(\.source)))
    var counts: [(prefix: String, isOfNew: Bool, count: Int)] = []
    for (snapshot, sources, others, isOfNew) in [(new, after, before, true), (old, before, after, false)] {
      for (name, count) in CollectionPrefix.names(of: snapshot, sources, without: others) {
        counts.append((name, isOfNew, count))
      }
    }
    guard let best = counts.max(by: { ($0.count, $1.prefix) < ($1.count, $0.prefix) }) else { return }
    // With the prefix, more of the other side's files must be in the same place than without it. If it isn't known to
    // be a collection's name, this must also be true for most of those files.
    let isKnown = (best.isOfNew ? new : old).collections != nil
    let others = best.isOfNew ? before : after
    guard best.count > before.intersection(after).count, isKnown || best.count * 2 > others.count else { return }
    (prefix, isOfNew) = (best.prefix, best.isOfNew)
  }

  /// The first path components on one side that may be names of collections, each with the number of the other side's
  /// sources that it precedes.
  private static func names(
    of snapshot: CatalogSnapshot, _ sources: Set<String>, without others: Set<String>
  ) -> [(prefix: String, count: Int)] {
    if let collections = snapshot.collections, collections.count < 2 { return [] }
    var counts: [String: Int] = [:]
    for source in sources {
      // A source without a folder has no collection's name, so none of the sources does.
      guard let slash = source.utf8.firstIndex(of: UInt8(ascii: "/")) else { return [] }
      let rest = source.index(after: slash)
      counts[String(source[..<rest]), default: 0] += others.contains(String(source[rest...])) ? 1 : 0
    }
    let known = snapshot.collections.map { Set($0.map { $0 + "/" }) }
    guard counts.count > 1 || known != nil else { return [] }
    return counts.filter { known?.contains($0.key) ?? true }.map { ($0.key, $0.value) }
  }

  /// A source of the older side, spelled as on the newer side.
  func place(ofOld source: String) -> String { isOfNew ? source : without(source) }

  func place(ofNew source: String) -> String { isOfNew ? without(source) : source }

  /// A finding's text, which may quote a source.
  func text(ofOld text: String) -> String { isOfNew ? text : withoutQuoted(text) }

  func text(ofNew text: String) -> String { isOfNew ? withoutQuoted(text) : text }

  private func without(_ source: String) -> String {
    guard let prefix, source.utf8.starts(with: prefix.utf8) else { return source }
    return String(Substring(source.utf8.dropFirst(prefix.utf8.count)))
  }

  private func withoutQuoted(_ text: String) -> String { prefix.map { text.replacing("'" + $0, with: "'") } ?? text }
}
