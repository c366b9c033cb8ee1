/// The site that a server shows, and the requests that wait for it to change.
package actor PreviewState {
  /// Makes the bytes of a file on demand.
  package typealias Make = @Sendable () -> [UInt8]

  /// Makes the remaining files of a site when one of them is first requested.
  package typealias MakeOthers = @Sendable () async -> [String: Make]

  /// What a page requests to find out whether it is still current.
  struct News: Codable, Sendable {
    /// A number that changes with every change.
    var change: Int
    /// A number that changes with the site.
    var site: Int
    /// What is wrong, as the terminal says it; nil if nothing is.
    var fault: String?
    /// The same, as a banner says it.
    var lead: String?
    var findings: [PreviewFault.Finding]?
    var rest: String?
  }

  private var find: @Sendable (String) -> Make? = { _ in nil }
  private var files: [String: Make] = [:]
  /// Makes the remaining files; nil before one is requested.
  private var others: Task<[String: Make], Never>?
  private var makeOthers: MakeOthers?
  private var made: [String: [UInt8]] = [:]
  /// Numbers start at random, so that a page doesn't confuse the sites of two runs of the program.
  private(set) var news = News(change: 0, site: Int.random(in: 0..<1 << 48))
  private(set) var fault: PreviewFault?
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  private var lastWaiter = 0

  package init() {}

  /// Replaces the whole site.
  ///
  /// - Parameters:
  ///   - fault: what is wrong in its files.
  ///   - find: looks up a file by its path from the site's root.
  ///   - others: makes the remaining files, by path; called once, when one of them is requested.
  package func show(
    fault: PreviewFault? = nil, _ find: @escaping @Sendable (String) -> Make?,
    others: @escaping MakeOthers = { [:] }
  ) {
    self.find = find
    files = [:]
    (makeOthers, self.others) = (others, nil)
    made = [:]
    news.site += 1
    changed(fault: fault)
  }

  /// Says what is wrong in the files by now, or that nothing is.
  package func report(fault: PreviewFault?) { if self.fault != fault { changed(fault: fault) } }

  private func changed(fault: PreviewFault?) {
    self.fault = fault
    (news.fault, news.lead, news.findings, news.rest) = (fault?.text, fault?.lead, fault?.shown, fault?.rest)
    news.change += 1
    for continuation in waiting.values { continuation.resume() }
    waiting = [:]
  }

  func has(_ path: String) async -> Bool { await make(at: path) != nil }

  /// The function that makes a file, and the number of its site; nil if the site has no such path.
  private func make(at path: String) async -> (make: Make, site: Int)? {
    let site = news.site
    if let make = find(path) ?? files[path] { return (make, site) }
    guard let makeOthers else { return nil }
    let others = self.others ?? Task.detached { await makeOthers() }
    self.others = others
    let found = await others.value
    // The site may have changed in the meantime, and the request was for the previous one.
    if news.site == site, self.makeOthers != nil {
      files = found
      (self.makeOthers, self.others) = (nil, nil)
    }
    return found[path].map { ($0, site) }
  }

  /// A file's bytes, and the number of its site; nil if the site has no such path.
  ///
  /// Files are made outside the actor, several at a time, and kept until the site changes.
  func file(at path: String) async -> (bytes: [UInt8], site: Int)? {
    if let bytes = made[path] { return (bytes, news.site) }
    guard let (make, site) = await make(at: path) else { return nil }
    let bytes = await Task.detached { make() }.value
    if news.site == site { made[path] = bytes }
    return (bytes, site)
  }

  /// The news, as soon as something changes or the time is up.
  ///
  /// - Parameter known: the last change that the client knows about.
  func news(after known: Int, limit: Duration) async -> News {
    // Not `>`: a restarted server counts from the start again.
    if news.change != known { return news }
    lastWaiter += 1
    let waiter = lastWaiter
    let timer = Task {
      try? await Task.sleep(for: limit)
      release(waiter)
    }
    await withCheckedContinuation { waiting[waiter] = $0 }
    timer.cancel()
    return news
  }

  private func release(_ waiter: Int) { waiting.removeValue(forKey: waiter)?.resume() }
}
