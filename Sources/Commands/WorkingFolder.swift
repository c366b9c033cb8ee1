import Diagnostics
import Files

extension PathSpelling {
  /// As seen from the folder in which the program was started: in a pipeline, the root of the repository.
  static var seenFromHere: PathSpelling {
    let slash = UInt8(ascii: "/")
    return .seen(from: workingFolder().map { $0.bytes + ($0.bytes == [slash] ? [] : [slash]) })
  }
}
