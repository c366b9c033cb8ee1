import Documents
import Files
import RuleModel

/// A picture's file, as it was read.
struct PictureFile: Sendable {
  /// Identifies it: a folder that was given, and a path below it.
  struct Place: Hashable, Sendable {
    var folder: String
    var path: RelativePath

    /// The path to open it by.
    var shown: String { folder.hasSuffix("/") ? folder + path.text : folder + "/" + path.text }
  }

  /// nil if only its bytes can tell whether it changed.
  var identity: FileIdentity?
  /// Its source is filled in by whoever knows how it is published.
  var content: Result<NotePicture, PictureFault>

  /// Of one side, and of both sides multiplied: what browsers show without trouble.
  private static let (longestSide, mostPixels) = (16_384, 64_000_000)

  /// - Parameter limit: in bytes.
  init(at place: Place, limit: Int) {
    do throws(RegularFileError) {
      let file = try PictureFile.contents(of: place, limit: limit)
      identity = file.identity
      content = PictureFile.picture(file.bytes)
    } catch {
      let reason =
        switch error {
        case .system(.missing), .system(.notFolder): "isn't there; add it or correct its path"
        case .system(let error): "can't be read: \(error.reason); allow reading it"
        case .notRegular: "is a link, under one, or no file, and isn't opened; put a copy of the file there"
        case .tooLarge(let size):
          "has \(size) bytes, more than the \(limit) of a picture; make it smaller, or raise 'picture-bytes' under 'limits' in ruledex.yml"
        case .growing: "grows while it is read; try again"
        }
      content = .failure(PictureFault(reason))
    }
  }

  private static func contents(of place: Place, limit: Int) throws(RegularFileError) -> FileContents {
    let folder: Folder
    do throws(FileError) { folder = try Folder(at: SystemPath(place.folder)) } catch { throw .system(error) }
    return try folder.contents(ofRegularFile: place.path, limit: limit)
  }

  private static func picture(_ bytes: [UInt8]) -> Result<NotePicture, PictureFault> {
    if let header = RasterHeader(of: bytes) {
      guard max(header.size.width, header.size.height) <= longestSide,
        header.size.width * header.size.height <= mostPixels
      else {
        return .failure(
          PictureFault("is \(header.size.width) by \(header.size.height) pixels large; make it smaller"))
      }
      return .success(NotePicture(kind: header.kind, size: header.size, source: "", bytes: bytes))
    }
    do throws(VectorDrawing.Fault) {
      return .success(NotePicture(kind: .svg, size: try VectorDrawing(bytes).size, source: "", bytes: bytes))
    } catch {
      return .failure(PictureFault("isn't published, since it \(error.reason)"))
    }
  }
}
