import Diagnostics
import Documents
import Files
import Reports
import Site
import Text

/// The record of a published build, in the user's cache: as long as neither its input nor the site changes, the next
/// build only needs to repeat the same output.
///
/// It is safe to delete; the next build is then a full one.
struct BuildRecord {
  /// ``SiteFingerprint/value``, taken before anything was read.
  var inputs: UInt64
  /// ``PublishedSite/digest``, taken after the site was put in place.
  var site: UInt64
  /// The pictures of notes that were looked for, and a digest of what the system says of them. What ``inputs`` is a
  /// fingerprint of doesn't include them, since only the notes name them.
  var pictures: [String]
  var picturesStatus: UInt64
  var hasFindings: Bool
  var summary: String
  /// What the build reported.
  var diagnostics: [Diagnostic]
}

extension BuildRecord {
  /// nil if there is no readable record.
  init?(of site: PublishedSite) {
    guard let place = BuildRecord.place(of: site),
      let bytes = try? contents(ofRegularFile: SystemPath(place), limit: 1 << 26).bytes,
      let root = (try? parseJSON(bytes, limits: .standard)) ?? nil, root["format"]?.text == "2",
      root["output"]?.text == site.path,
      let inputs = root["inputs"]?.text.flatMap({ UInt64($0, radix: 16) }),
      let digest = root["site"]?.text.flatMap({ UInt64($0, radix: 16) }), let summary = root["summary"]?.text,
      let pictures = root["pictures"]?.items.map({ $0.text ?? "" }),
      let picturesStatus = root["picturesStatus"]?.text.flatMap({ UInt64($0, radix: 16) }),
      let hasFindings = root["findings"]?.text, let diagnostics = root["diagnostics"]
    else { return nil }
    self.init(
      inputs: inputs, site: digest, pictures: pictures, picturesStatus: picturesStatus,
      hasFindings: hasFindings == "true", summary: summary,
      diagnostics: diagnostics.items.compactMap(Diagnostic.init(readingJSON:)))
    guard self.diagnostics.count == diagnostics.items.count else { return nil }
  }

  /// Saves the record, if there is a cache.
  func write(of site: PublishedSite) {
    guard let place = BuildRecord.place(of: site) else { return }
    var json = JSONWriter()
    json.object { json in
      json.string("format", "2")
      json.string("output", site.path)
      json.string("inputs", String(inputs, radix: 16))
      json.string("site", String(self.site, radix: 16))
      json.strings("pictures", pictures)
      json.string("picturesStatus", String(picturesStatus, radix: 16))
      json.string("summary", summary)
      json.bool("findings", hasFindings)
      json.array("diagnostics") { json in
        for diagnostic in diagnostics {
          json.object { json in json.members(of: diagnostic.harmless, spelled: .opened) }
        }
      }
    }
    // If this fails, the next build is a full one, which is fine.
    try? makeFolders(SystemPath(folder(of: place)))
    try? writeFile(json.bytes, at: SystemPath(place))
  }

  /// What the system says of some files.
  static func status(of paths: [String]) -> StatusDigest {
    var digest = StatusDigest()
    for path in paths { digest.add(SystemPath(path)) }
    return digest
  }

  private static func place(of site: PublishedSite) -> String? {
    var digest = StableDigest()
    digest.add(site.path)
    return CurrentProcess.cacheFolder(of: "ruledex").map { "\($0)/\(String(digest.value, radix: 16)).json" }
  }
}

extension Diagnostic {
  /// Safe for a terminal: JSON as we write it has no control characters.
  fileprivate var harmless: Diagnostic {
    let place = SourceLocation(path: Terminal.harmless(location.path), position: location.position)
    return Diagnostic(id, at: place, severity: severity, Terminal.harmless(message))
  }
}
