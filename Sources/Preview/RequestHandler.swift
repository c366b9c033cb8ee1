import FoundationEssentials
import NIOHTTP1

/// Handles requests from memory: for the files of the site, and for those that make pages reload.
struct RequestHandler: Sendable {
  let state: PreviewState
  let assets: PreviewAssets
  /// How long a request for news is held before the page must repeat it.
  var patience = Duration.seconds(25)

  func answer(to request: HTTPRequestHead) async -> Answer {
    // A page of another host that resolves to our address (DNS rebinding) must not read the site.
    guard isOurs(request.headers.first(name: "Host")) else {
      return Answer(.misdirectedRequest, saying: "This server answers only to 127.0.0.1 and localhost.")
    }
    guard request.method == .GET || request.method == .HEAD else {
      var answer = Answer(.methodNotAllowed, saying: "This server only answers GET and HEAD.")
      answer.headers.add(name: "Allow", value: "GET, HEAD")
      return answer
    }
    var answer = await found(request)
    answer.headers.add(name: "X-Content-Type-Options", value: "nosniff")
    answer.headers.add(name: "Cross-Origin-Resource-Policy", value: "same-origin")
    return answer
  }

  private func isOurs(_ host: String?) -> Bool {
    guard let host else { return false }
    let name = host.lastIndex(of: ":").map { host[..<$0] } ?? host[...]
    return ["127.0.0.1", "localhost"].contains(name.lowercased())
  }

  private func found(_ request: HTTPRequestHead) async -> Answer {
    let parts = request.uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let target = parts.first.map(String.init) ?? ""
    guard let path = filePath(of: target) else { return Answer(.badRequest, saying: "The address isn't well-formed.") }
    switch path {
    case Reload.script: return file(assets.script, at: path, request)
    case Reload.styleSheet: return file(assets.styleSheet, at: path, request)
    case Reload.news: return await news(after: parts.dropFirst().first.flatMap { Int($0) } ?? -1)
    default: break
    }
    if let found = await state.file(at: path) {
      guard path.hasSuffix(".html") else { return file(found.bytes, at: path, request) }
      let page = Reload.added(to: found.bytes, site: found.site, fault: await state.fault)
      return file(page, at: path, request)
    }
    // Without the slash, relative links in the folder's page would resolve against its parent.
    if await state.has(path + "/index.html") {
      return Answer(.temporaryRedirect, headers: ["Location": target + "/"])
    }
    let page = Reload.added(to: assets.missingPage, site: await state.news.site, fault: await state.fault)
    var answer = file(page, at: "missing.html", request)
    if answer.status == .ok { answer.status = .notFound }
    return answer
  }

  private func news(after known: Int) async -> Answer {
    let news = await state.news(after: known, limit: patience)
    // Numbers and a string can always be encoded.
    let body = (try? JSONEncoder().encode(news)).map { Array($0) } ?? []
    return Answer(.ok, headers: ["Content-Type": "application/json", "Cache-Control": "no-store"], body: body)
  }

  private func file(_ bytes: [UInt8], at path: String, _ request: HTTPRequestHead) -> Answer {
    let tag = "\"\(contentTag(of: bytes))\""
    // The browser caches the file, and revalidates it for each use.
    var headers: HTTPHeaders = ["Cache-Control": "no-cache", "ETag": tag]
    if request.headers.first(name: "If-None-Match") == tag { return Answer(.notModified, headers: headers) }
    headers.add(name: "Content-Type", value: mediaType(of: path))
    return Answer(.ok, headers: headers, body: bytes)
  }
}

/// The length and 64-bit FNV-1a hash of the bytes: different content has a different tag, except with negligible
/// probability.
private func contentTag(of bytes: [UInt8]) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return String(bytes.count, radix: 36) + "-" + String(hash, radix: 36)
}
