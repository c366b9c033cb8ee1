import Analysis
import Reports
import Site
import Templates
import Text

extension GapsCommand {
  /// The review as the site's page, in one file.
  ///
  /// - Throws: if the templates have faults.
  func page(
    _ content: GapsContent, _ catalog: LoadedCatalog, baseline: Baseline?
  ) async throws(InputError) -> [UInt8] {
    let files = try templateFiles(in: catalog.configuration.templates)
    let path = telemetry.telemetry ?? catalog.configuration.telemetry ?? ""
    let collected = content.review.telemetry.map { SiteReview.Collected($0, name: lastPart(of: path)) }
    let review = SiteReview(
      content.review, target: content.target?.title, collected: collected,
      baselineNames: baseline?.paths.map { lastPart(of: $0) } ?? [], history: nil)
    do throws(TemplateErrors) {
      let site = await SiteBuilder(
        catalog.siteContent(collected, OnDemand { review }), templates: try SiteTemplates(files)
      ) { _ in [] }
      return try site.singleReviewPage(hasPictures: content.target == nil)
    } catch {
      throw InputError(error.diagnostics)
    }
  }
}
