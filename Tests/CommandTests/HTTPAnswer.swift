import Glibc

/// What a server on this machine answers to one request, on a connection of its own.
struct HTTPAnswer {
  struct Failure: Error {
    var step: String
  }

  var status: Int
  /// By names in lower case.
  var headers: [String: String]
  var body: [UInt8]

  var text: String { String(decoding: body, as: UTF8.self) }

  /// - Parameters:
  ///   - target: the path and the query, written as it is sent.
  ///   - headers: beside `Host`, which is the server's own unless it is given.
  init(_ target: String, port: UInt16, method: String = "GET", headers: [String: String] = [:]) throws {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard socket >= 0 else { throw Failure(step: "socket") }
    defer { close(socket) }
    // Longer than any answer takes that comes at all.
    var limit = timeval(tv_sec: 40, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else { throw Failure(step: "connect") }
    let all = ["Host": "127.0.0.1:\(port)", "Connection": "close"].merging(headers) { _, new in new }
    let lines = ["\(method) \(target) HTTP/1.1"] + all.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    guard request.withUnsafeBytes({ write(socket, $0.baseAddress, $0.count) }) == request.count else {
      throw Failure(step: "write")
    }
    var bytes: [UInt8] = []
    while true {
      let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
        count = max(0, read(socket, buffer.baseAddress, buffer.count))
      }
      if chunk.isEmpty { break }
      bytes += chunk
    }
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Failure(step: "read") }
    let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    status = head.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
    self.headers = head.dropFirst().reduce(into: [:]) { headers, line in
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.dropFirst().first.map { String($0.drop { $0 == " " }) } ?? ""
    }
    body = Array(bytes[end.upperBound...])
  }
}
