import Diagnostics
import Documents
import Files
import Reports
import Site
import Text

/// What is kept of a build that was published, in the user's cache: as long as nothing that it was made from changes, and nobody changes the
/// site, the next build has nothing to do but to say the same again.
///
/// It is safe to delete: without it, a build is a full one.
struct BuildRecord {
  /// ``SiteFingerprint/value``, before anything was read.
  var inputs: UInt64
  /// ``PublishedSite/digest``, once the site was in its place.
  var site: UInt64
  var hasFindings: Bool
  var summary: String
  /// What the build reported.
  var diagnostics: [Diagnostic]
}

extension BuildRecord {
  /// nil where there is none that can be read.
  init?(of site: PublishedSite) {
    guard let place = BuildRecord.place(of: site),
      let bytes = try? contents(ofRegularFile: SystemPath(place), limit: 1 << 26).bytes,
      let root = (try? parseJSON(bytes, limits: .standard)) ?? nil, root["format"]?.text == "1",
      root["output"]?.text == site.path,
      let inputs = root["inputs"]?.text.flatMap({ UInt64($0, radix: 16) }),
      let digest = root["site"]?.text.flatMap({ UInt64($0, radix: 16) }), let summary = root["summary"]?.text,
      let hasFindings = root["findings"]?.text, let diagnostics = root["diagnostics"]
    else { return nil }
    self.init(
      inputs: inputs, site: digest, hasFindings: hasFindings == "true", summary: summary,
      diagnostics: diagnostics.items.compactMap(Diagnostic.init(readingJSON:)))
    guard self.diagnostics.count == diagnostics.items.count else { return nil }
  }

  /// Keeps it, where there is a cache to keep it in.
  func write(of site: PublishedSite) {
    guard let place = BuildRecord.place(of: site) else { return }
    var json = JSONWriter()
    json.object { json in
      json.string("format", "1")
      json.string("output", site.path)
      json.string("inputs", String(inputs, radix: 16))
      json.string("site", String(self.site, radix: 16))
      json.string("summary", summary)
      json.bool("findings", hasFindings)
      json.array("diagnostics") { json in
        for diagnostic in diagnostics {
          json.object { json in json.members(of: diagnostic.harmless, spelled: .opened) }
        }
      }
    }
    // Without it the next build is a full one, which is fine.
    try? makeFolders(SystemPath(folder(of: place)))
    try? writeFile(json.bytes, at: SystemPath(place))
  }

  private static func place(of site: PublishedSite) -> String? {
    var digest = StableDigest()
    digest.add(site.path)
    return CurrentProcess.cacheFolder(of: "ruledex").map { "\($0)/\(String(digest.value, radix: 16)).json" }
  }
}

extension Diagnostic {
  /// As a terminal shows it: JSON as we write it has no place for control characters.
  fileprivate var harmless: Diagnostic {
    let place = SourceLocation(path: Terminal.harmless(location.path), position: location.position)
    return Diagnostic(id, at: place, severity: severity, Terminal.harmless(message))
  }
}
