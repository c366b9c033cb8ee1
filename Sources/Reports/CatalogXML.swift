import Diagnostics
import XML

/// The catalogue for programs, `catalog.xml`: format 2, described by `catalog.rng`. It says the same as `catalog.json`, in the same
/// orders: a single value is an attribute, or an element where it may be long; a list is an element around those of its items, and
/// stands there when it is empty.
///
/// Its names are in no namespace: a namespace would need an address that is ours for ever, and `//indicator[@corpus > 9]` is easier
/// to ask without. The attribute `format` says which schema holds.
package func catalogXML(_ content: ReportContent) -> [UInt8] {
  let index = content.index
  return xmlDocument { xml in
    xml.start("catalog")
    xml.attribute("format", "2")
    xml.attribute("generator", content.generator)
    xml.element("attack", ["domain": content.matrix.domain, "version": content.matrix.version])
    xml.start("rules")
    for number in index.rules.indices {
      xml.start("rule")
      xml.writeContent(ofRule: number, of: index, page: content.page(number))
      xml.end()
    }
    xml.end()
    let files = content.files
    xml.element(
      "files",
      [
        "rules": "\(files.rules)", "correlations": "\(files.correlations)", "filters": "\(files.filters)",
        "companions": "\(files.companions)",
        "notRules": "\(files.notRules)", "broken": "\(files.broken)",
      ])
    xml.start("diagnostics")
    for diagnostic in allDiagnostics(index, ofFiles: content.diagnostics) {
      let position = diagnostic.location.position
      xml.element(
        "diagnostic",
        [
          "file": diagnostic.location.file.source, "line": position.map { "\($0.line)" },
          "column": position.map { "\($0.column)" }, "severity": diagnostic.severity.rawValue,
          "id": diagnostic.id.rawValue,
        ], text: diagnostic.message)
    }
    xml.end()
    xml.end()
  }
}
