import Diagnostics
package import Templates
import XML

extension SiteBuilder {
  /// The coverage and gap review as one file, to be sent by mail.
  ///
  /// - Parameter hasPictures: whether the pictures of the catalog, which cover all of ATT&CK, are on it.
  /// - Throws: if a template makes a page that isn't well-formed.
  package func singleReviewPage(hasPictures: Bool) throws(TemplateErrors) -> [UInt8] {
    let pictures =
      hasPictures
      ? PictureBuilder(
        content: content, map: frames.map, layout: MatrixLayout(content.attack), address: .pictures
      ).pictures() : []
    let builder = CoveragePageBuilder(content, frames, ReviewListBuilder(content, frames, isOnOnePage: true), pictures)
    let template: Template<CoveragePage> = templates.page("coverage.html")
    let files = pictures.map { (Address.picture($0.name).path, $0.drawing.svg) }
    let single = SinglePage(
      address: .coverage, styleSheet: templates.assets.first { $0.name == "style.css" }?.bytes ?? [],
      pictures: Dictionary(files) { first, _ in first }, baseURL: content.baseURL)
    do throws(XMLErrors) {
      return try single.bytes(of: template.render(builder.page()))
    } catch {
      throw TemplateErrors(error.errors.map { Diagnostic(.template, at: $0.location, $0.message) })
    }
  }
}
