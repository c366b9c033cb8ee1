import NIOCore
import NIOHTTP1

/// The server's response to one request.
struct Answer: Sendable {
  var status: HTTPResponseStatus
  var headers: HTTPHeaders
  var body: [UInt8]

  init(_ status: HTTPResponseStatus, headers: HTTPHeaders = [:], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A sentence for readers in a terminal.
  init(_ status: HTTPResponseStatus, saying text: String) {
    self.init(status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: Array((text + "\n").utf8))
  }
}

extension Answer {
  /// The response as sent.
  ///
  /// - Parameter isKept: whether the connection stays open for the next request.
  func parts(to request: HTTPRequestHead, isKept: Bool) -> [HTTPServerResponsePart] {
    var headers = headers
    // A 304 response has no content length of its own (RFC 9110, section 8.6).
    if status != .notModified { headers.replaceOrAdd(name: "Content-Length", value: "\(body.count)") }
    if !isKept { headers.replaceOrAdd(name: "Connection", value: "close") }
    let head = HTTPServerResponsePart.head(HTTPResponseHead(version: request.version, status: status, headers: headers))
    if request.method == .HEAD || body.isEmpty { return [head, .end(nil)] }
    return [head, .body(.byteBuffer(ByteBuffer(bytes: body))), .end(nil)]
  }
}
