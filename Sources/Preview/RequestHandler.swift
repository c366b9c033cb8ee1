import FlyingFox
import Foundation

/// Answers requests out of memory: the files of the site, and what makes pages follow it.
struct RequestHandler: HTTPHandler {
  let state: PreviewState
  let assets: PreviewAssets
  /// So long a page waits for news before it asks again.
  var patience = Duration.seconds(25)

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    // A page of another host that gives itself our address (DNS rebinding) must not read the site.
    guard isOurs(request.headers[.host]) else {
      return text(.misdirectedRequest, "This server answers to 127.0.0.1 and localhost only.")
    }
    guard request.method == .GET || request.method == .HEAD else {
      var response = text(.methodNotAllowed, "This server answers GET and HEAD only.")
      response.headers[HTTPHeader("Allow")] = "GET, HEAD"
      return response
    }
    var response = try await answer(request)
    response.headers[HTTPHeader("X-Content-Type-Options")] = "nosniff"
    response.headers[HTTPHeader("Cross-Origin-Resource-Policy")] = "same-origin"
    guard request.method == .HEAD, case .httpBody(let body) = response.payload else { return response }
    response.headers[.contentLength] = body.count.map(String.init)
    response.payload = .httpBody(HTTPBodySequence())
    return response
  }

  private func isOurs(_ host: String?) -> Bool {
    guard let host else { return false }
    let name = host.lastIndex(of: ":").map { host[..<$0] } ?? host[...]
    return ["127.0.0.1", "localhost"].contains(name.lowercased())
  }

  private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
    let target = request.target.path()
    guard let path = filePath(of: target) else { return text(.badRequest, "The address is not well-formed.") }
    switch path {
    case Reload.script: return file(assets.script, at: path, request)
    case Reload.styleSheet: return file(assets.styleSheet, at: path, request)
    case Reload.news: return try await news(request)
    default: break
    }
    if let found = await state.file(at: path) {
      return file(
        path.hasSuffix(".html") ? Reload.added(to: found.bytes, site: found.site) : found.bytes, at: path, request)
    }
    // Without the slash, the links of the page in the folder would count from the folder above.
    if await state.has(path + "/index.html") {
      return HTTPResponse(statusCode: .temporaryRedirect, headers: HTTPHeaders([.location: target + "/"]))
    }
    let page = Reload.added(to: assets.missingPage, site: await state.news.site)
    var response = file(page, at: "missing.html", request)
    if response.statusCode == .ok { response.statusCode = .notFound }
    return response
  }

  private func news(_ request: HTTPRequest) async throws -> HTTPResponse {
    let known = Int(request.target.query()) ?? -1
    let news = await state.news(after: known, limit: patience)
    return HTTPResponse(
      statusCode: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: try JSONEncoder().encode(news))
  }

  private func file(_ bytes: [UInt8], at path: String, _ request: HTTPRequest) -> HTTPResponse {
    let tag = "\"\(contentTag(of: bytes))\""
    // Kept by the browser, and asked for each time whether it is still the same.
    var headers: HTTPHeaders = [.cacheControl: "no-cache", .eTag: tag]
    if request.headers[.ifNoneMatch] == tag { return HTTPResponse(statusCode: .notModified, headers: headers) }
    headers[.contentType] = mediaType(of: path)
    return HTTPResponse(
      statusCode: .ok, headers: headers, body: HTTPBodySequence(data: Data(bytes), suggestedBufferSize: 1 << 16))
  }

  private func text(_ status: HTTPStatusCode, _ text: String) -> HTTPResponse {
    HTTPResponse(
      statusCode: status, headers: [.contentType: "text/plain; charset=utf-8"], body: Data((text + "\n").utf8))
  }
}

/// The length of the bytes and their FNV-1a hash in 64 bits: another content has another tag, but for a chance that doesn't count here.
private func contentTag(of bytes: [UInt8]) -> String {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return String(bytes.count, radix: 36) + "-" + String(hash, radix: 36)
}
