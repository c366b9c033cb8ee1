internal import XML

/// What is wrong in the files that the site is made from, as pages say it in a banner.
package struct PreviewFault: Hashable, Sendable {
  /// An error, and where it is.
  package struct Finding: Hashable, Sendable, Codable {
    /// `rules/one.yml:2:1`
    var place: String
    var message: String

    package init(place: String, message: String) { (self.place, self.message) = (place, message) }
  }

  /// Whether the site that is shown is the one before, since the files don't make one.
  package var isStale: Bool
  /// In the order of places.
  package var findings: [Finding]

  package init(isStale: Bool, findings: [Finding]) { (self.isStale, self.findings) = (isStale, findings) }

  /// How many a banner lists.
  private static let most = 20

  var lead: String {
    isStale
      ? "The latest changes can’t be shown; this is the site before them."
      : findings.count == 1 ? "There is an error in the files." : "There are \(findings.count) errors in the files."
  }

  var shown: [Finding] { Array(findings.prefix(PreviewFault.most)) }

  /// What is said of those that aren't listed; nil if all are.
  var rest: String? {
    findings.count > PreviewFault.most
      ? "And \(findings.count - PreviewFault.most) more, which the terminal lists." : nil
  }

  /// As the terminal says it.
  var text: String { findings.map { "\($0.place): \($0.message)" }.joined(separator: "\n") }

  /// The banner, which `reload.js` replaces with the same or another one.
  var banner: [UInt8] {
    var html = ByteBuffer()
    html.append(#"<aside id="ruledex-fault" role="alert"><p>"#)
    html.append(text: lead)
    html.append("</p><ul>")
    for finding in shown {
      html.append("<li><code>")
      html.append(text: finding.place)
      html.append("</code> ")
      html.append(text: finding.message)
      html.append("</li>")
    }
    if let rest {
      html.append("<li>")
      html.append(text: rest)
      html.append("</li>")
    }
    html.append("</ul></aside>")
    return html.bytes
  }
}
