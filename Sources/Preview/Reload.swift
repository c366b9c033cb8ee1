/// Makes a page in the browser reload with the site, and say what is wrong in its files: a script, a style sheet and a
/// banner that the server adds to its pages, and that a built site doesn't have.
enum Reload {
  /// No path of a site starts with this.
  static let folder = ".ruledex/"
  static let script = folder + "reload.js"
  static let styleSheet = folder + "reload.css"
  static let news = folder + "news"

  /// A page with the script in its head, and with its policy extended so that the script may connect to the server.
  ///
  /// - Parameters:
  ///   - site: the number of the site that the page belongs to.
  ///   - fault: what the page says is wrong, even where scripts don't run.
  static func added(to page: [UInt8], site: Int, fault: PreviewFault? = nil) -> [UInt8] {
    var page = page
    if let fault, let end = lastRange(of: "</body>", in: page) {
      page.insert(contentsOf: fault.banner, at: end.lowerBound)
    }
    let links =
      #"<link rel="stylesheet" href="/\#(styleSheet)"/><script src="/\#(script)?\#(site)" defer="defer"></script>"#
    if let head = firstRange(of: "</head>", in: page[...]) { page.insert(contentsOf: links.utf8, at: head.lowerBound) }
    // A user's own templates may have no policy; then nothing blocks the script.
    if let policy = firstRange(of: #"http-equiv="Content-Security-Policy""#, in: page[...]),
      let content = firstRange(of: #"content=""#, in: page[policy.upperBound...])
    {
      page.insert(contentsOf: "connect-src 'self'; ".utf8, at: content.upperBound)
    }
    return page
  }

  private static func lastRange(of text: String, in bytes: [UInt8]) -> Range<Int>? {
    let pattern = Array(text.utf8)
    var start = bytes.count - pattern.count
    while start >= 0 {
      if bytes[start...].starts(with: pattern) { return start..<(start + pattern.count) }
      start -= 1
    }
    return nil
  }

  private static func firstRange(of text: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    let pattern = Array(text.utf8)
    guard let first = pattern.first else { return nil }
    var start = bytes.startIndex
    while let found = bytes[start...].firstIndex(of: first) {
      if bytes[found...].starts(with: pattern) { return found..<(found + pattern.count) }
      start = found + 1
    }
    return nil
  }
}
