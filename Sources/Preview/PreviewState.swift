/// What a server shows, and who waits for it to change.
package actor PreviewState {
  /// The bytes of a file, made when they are asked for.
  package typealias Make = @Sendable () -> [UInt8]

  /// The files of a site that are made only once one of them is asked for.
  package typealias MakeOthers = @Sendable () async -> [String: Make]

  /// What a page asks to know whether it is still current.
  struct News: Codable, Sendable {
    /// Another number after each change of anything.
    var change: Int
    /// Another number for each site.
    var site: Int
    /// Why the site isn't the newest; nil where it is.
    var fault: String?
  }

  private var find: @Sendable (String) -> Make? = { _ in nil }
  private var files: [String: Make] = [:]
  /// What makes the files that aren't found otherwise; nil once they are made.
  private var others: Task<[String: Make], Never>?
  private var makeOthers: MakeOthers?
  private var made: [String: [UInt8]] = [:]
  /// Numbers start anywhere, so that a page doesn't take the sites of two runs of the program for the same.
  private(set) var news = News(change: 0, site: Int.random(in: 0..<1 << 48), fault: nil)
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  private var lastWaiter = 0

  package init() {}

  /// Shows another site from now on, as a whole.
  ///
  /// - Parameters:
  ///   - find: looks up a file by its path from the site's root.
  ///   - others: makes those that aren't found this way, by their paths; is called once, when one is asked for.
  package func show(_ find: @escaping @Sendable (String) -> Make?, others: @escaping MakeOthers = { [:] }) {
    self.find = find
    files = [:]
    (makeOthers, self.others) = (others, nil)
    made = [:]
    news.site += 1
    changed(fault: nil)
  }

  /// Says why the site that is shown isn't the newest one, or that it is.
  package func report(fault: String?) { if news.fault != fault { changed(fault: fault) } }

  private func changed(fault: String?) {
    news.fault = fault
    news.change += 1
    for continuation in waiting.values { continuation.resume() }
    waiting = [:]
  }

  func has(_ path: String) async -> Bool { await make(at: path) != nil }

  /// What makes a file, and of which site it is; nil where the site has none of that path.
  private func make(at path: String) async -> (make: Make, site: Int)? {
    let site = news.site
    if let make = find(path) ?? files[path] { return (make, site) }
    guard let makeOthers else { return nil }
    let others = self.others ?? Task.detached { await makeOthers() }
    self.others = others
    let found = await others.value
    // Another site may be shown by now, and what was asked for is of the one before.
    if news.site == site, self.makeOthers != nil {
      files = found
      (self.makeOthers, self.others) = (nil, nil)
    }
    return found[path].map { ($0, site) }
  }

  /// What a file holds, and of which site it is; nil where the site has none of that path.
  ///
  /// Files are made outside of the actor, several at a time, and kept until the site changes.
  func file(at path: String) async -> (bytes: [UInt8], site: Int)? {
    if let bytes = made[path] { return (bytes, news.site) }
    guard let (make, site) = await make(at: path) else { return nil }
    let bytes = await Task.detached { make() }.value
    if news.site == site { made[path] = bytes }
    return (bytes, site)
  }

  /// What is new once anything is, or when the time is over.
  ///
  /// - Parameter known: the last change that the asker knows of.
  func news(after known: Int, limit: Duration) async -> News {
    // One that was started anew counts from the start.
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
