/// One of our texts with its placeholders filled: `@title@` is replaced with the value for `title`. Inserted values
/// aren't searched for placeholders.
func filledText(_ path: String, _ values: [String: String] = [:]) -> String {
  let text = String(decoding: Embedded.file(path), as: UTF8.self)
  return text.replacing(/@([a-z]+)@/) { match in
    guard let value = values[String(match.1)] else {
      preconditionFailure("\(path) has the place \(match.1), and nobody fills it")
    }
    return value
  }
}
