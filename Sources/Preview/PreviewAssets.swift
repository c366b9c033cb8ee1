/// What the server shows beside the site: files that stand with this module's sources and that the binary carries.
package struct PreviewAssets: Sendable {
  var script: [UInt8]
  var styleSheet: [UInt8]
  var missingPage: [UInt8]

  /// - Parameter file: the bytes of a file by its name: `reload.js`.
  package init(_ file: (String) -> [UInt8]) {
    (script, styleSheet, missingPage) = (file("reload.js"), file("reload.css"), file("missing.html"))
  }
}
