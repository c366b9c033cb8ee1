/// The user's own files from which knowledge is made, as read.
struct KnowledgeFiles: Hashable, Sendable {
  struct File: Hashable, Sendable {
    var path: String
    var bytes: [UInt8]
  }

  /// Made by `ruledex attack import`; nil for the built-in version of ATT&CK.
  var attack: File?
  /// Event maps, which extend ours in this order.
  var events: [File]
  /// Field maps, likewise.
  var fields: [File]

  init(attack: String?, events: [String], fields: [String]) throws(InputError) {
    if let attack { self.attack = try KnowledgeFiles.files([attack]).first }
    self.events = try KnowledgeFiles.files(events)
    self.fields = try KnowledgeFiles.files(fields)
  }

  private static func files(_ paths: [String]) throws(InputError) -> [File] {
    var files: [File] = []
    for path in paths { files.append(File(path: path, bytes: try InputFile.bytes(of: path))) }
    return files
  }
}
