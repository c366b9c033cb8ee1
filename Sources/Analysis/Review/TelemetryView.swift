package import Telemetry

/// What is collected, and what the rules of a catalog see of it.
package struct TelemetryView: Sendable {
  package let visibility: VisibilityReview
  package let collected: CollectedView

  /// - Parameter jobs: the number of threads.
  package init(_ telemetry: Telemetry, _ index: CatalogIndex, _ knowledge: Knowledge, jobs: Int) async {
    visibility = await VisibilityReview(
      of: index, telemetry: telemetry, map: knowledge.events, fields: knowledge.fields, jobs: jobs)
    collected = await CollectedView(visibility, of: telemetry, jobs: jobs)
  }
}
