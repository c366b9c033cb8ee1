import Diagnostics
import Documents
import Files
import RuleModel
package import Text

/// A folder that was given, of rules or notes. Pictures of the notes in it are read from it, and from nowhere else.
package struct PictureFolder: Sendable {
  /// As paths of its files start, without a slash at its end.
  let path: String
  private let exclude: [Glob]

  /// - Parameter path: as given: a folder, or a file of rules.
  package init(given path: String, exclude: [Glob] = []) {
    var folder = isFolder(path) ? path : Text.folder(of: path)
    while folder.utf8.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    self.path = folder.isEmpty ? "." : folder
    self.exclude = exclude
  }

  /// The file's path below the folder; nil if it isn't below.
  func path(of file: SourceFile) -> String? {
    if path == ".", !file.path.hasPrefix("/"), !file.path.hasPrefix("./") { return file.path }
    return relativePath(of: file.path, below: path)
  }

  static let extensions: Set<String> = ["gif", "jpeg", "jpg", "png", "svg", "webp"]

  /// The path, below the folder, of the picture that a note shows.
  ///
  /// - Parameter notePath: see ``path(of:)``.
  /// - Throws: why it can't be one, to follow the picture's name.
  func place(of destination: String, in notePath: String) throws(PictureFault) -> RelativePath {
    let written = destination.prefix { $0 != "?" && $0 != "#" }
    let name = percentDecoded(written)
    guard hasExtension(name, PictureFolder.extensions) else {
      throw PictureFault("isn't named as a picture; show a PNG, JPEG, GIF, WebP or SVG file, or link to it")
    }
    guard !name.hasPrefix("/"), let path = pathWithoutDots(Text.folder(of: notePath) + name),
      let place = RelativePath(path)
    else {
      throw PictureFault("is outside of '\(shownPath)', and isn't published; move it beside the note")
    }
    var above: [String] = []
    for name in place.names {
      above.append(name.text)
      if name.bytes.first == UInt8(ascii: ".") { throw PictureFault("is hidden, and isn't published; rename it") }
      let part = above.joined(separator: "/")
      if exclude.contains(where: { $0.matches(part) }) {
        throw PictureFault("is excluded in ruledex.yml, and isn't published; move it or change 'exclude'")
      }
    }
    return place
  }

  private var shownPath: String { path == "." ? "the working folder" : path }
}

/// Why a picture isn't shown, and what to do, to follow its name.
struct PictureFault: Error, Hashable {
  var reason: String

  init(_ reason: String) { self.reason = reason }
}
