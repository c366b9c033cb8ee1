/// A file's `Content-Type`, by its extension.
func mediaType(of path: String) -> String {
  let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String(Substring($0)) } ?? path
  let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() }
  // Everything that we write is UTF-8; rule files are shown as plain text.
  switch ending {
  case "html": return "text/html; charset=utf-8"
  case "css": return "text/css; charset=utf-8"
  case "js", "mjs": return "text/javascript; charset=utf-8"
  case "json": return "application/json"
  case "xml" where name == "feed.xml": return "application/atom+xml; charset=utf-8"
  case "xml", "rng": return "application/xml; charset=utf-8"
  case "csv": return "text/csv; charset=utf-8"
  case "svg": return "image/svg+xml; charset=utf-8"
  case "png": return "image/png"
  case "jpg", "jpeg": return "image/jpeg"
  case "webp": return "image/webp"
  case "ico": return "image/vnd.microsoft.icon"
  case "woff2": return "font/woff2"
  case "woff": return "font/woff"
  case "txt", "md", "yml", "yaml", "toml", "spl", "kql", "yaral", "py": return "text/plain; charset=utf-8"
  default: return "application/octet-stream"
  }
}
