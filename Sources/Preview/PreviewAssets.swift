/// What the server adds to the site: files from this module's sources, embedded in the binary.
package struct PreviewAssets: Sendable {
  var script: [UInt8]
  var styleSheet: [UInt8]
  var missingPage: [UInt8]

  /// - Parameter file: returns the bytes of a file by its name: `reload.js`.
  package init(_ file: (String) -> [UInt8]) {
    (script, styleSheet, missingPage) = (file("reload.js"), file("reload.css"), file("missing.html"))
  }
}
