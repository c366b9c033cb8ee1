import Text

/// A picture that notes show.
package struct NotePicture: Hashable, Sendable {
  /// What its bytes are, whatever its file is called. Raw values are file extensions.
  package enum Kind: String, Sendable {
    case gif
    case jpeg = "jpg"
    case png, svg, webp
  }

  package struct Size: Hashable, Sendable {
    package var width: Int
    package var height: Int

    package init(width: Int, height: Int) { (self.width, self.height) = (width, height) }
  }

  package var kind: Kind
  /// In pixels; nil for a drawing that doesn't say.
  package var size: Size?
  /// The file's path as it is published, relative to the rules or notes.
  package var source: String
  package var bytes: [UInt8]

  package init(kind: Kind, size: Size?, source: String, bytes: [UInt8]) {
    (self.kind, self.size, self.source, self.bytes) = (kind, size, source, bytes)
  }

  /// Its file name on the site, which stays the same as long as its path does, whatever other pictures there are: the
  /// file's stem, a hash of its path, and the extension of what it is.
  package var name: String {
    let file = lastPart(of: source)
    let stem = RuleKey.slug(ofStem: String(withoutExtension(file).unicodeScalars.prefix(60)))
    var digest = StableDigest()
    digest.add(source)
    let digits = String(digest.value, radix: 16)
    return "\(stem)-\(String(repeating: "0", count: 16 - digits.count))\(digits).\(kind.rawValue)"
  }
}

/// What the notes' pictures are, by the file of the note and the destination in it.
package struct NotePictures: Sendable {
  package struct Reference: Hashable, Sendable {
    /// See ``SourceFile/path``.
    var note: String
    var destination: String

    package init(in note: Note, to destination: String) {
      (self.note, self.destination) = (note.file.path, destination)
    }
  }

  package enum Answer: Hashable, Sendable {
    case picture(NotePicture)
    /// Why there is none, and what to do.
    case fault(String)
  }

  private let answers: [Reference: Answer]

  package init(_ answers: [Reference: Answer] = [:]) { self.answers = answers }

  package func answer(to destination: String, in note: Note) -> Answer? {
    answers[Reference(in: note, to: destination)]
  }

  /// Each picture once, sorted by name.
  package var all: [NotePicture] {
    let pictures = answers.values.compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
    // Those of the same name are the same: names differ as sources do.
    return Dictionary(pictures.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      .sorted { inByteOrder($0.key, $1.key) }.map(\.value)
  }
}
