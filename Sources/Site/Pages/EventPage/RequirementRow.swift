import Templates

/// Something that must be turned on before an event is recorded.
struct RequirementRow: TemplateModel {
  /// `Audit policy`.
  var kind: String
  /// `Audit Process Creation`.
  var text: String
  /// On a provider's page: the events that need it; empty for all.
  var events: [String] = []
  /// The fields that are empty without it; empty if the event itself is missing.
  var fields: [String] = []

  static let shape = Shape<RequirementRow>(
    .text("kind") { $0.kind }, .text("text") { $0.text },
    .list("events") { $0.events.map(TextItem.init) },
    .list("fields") { $0.fields.map(TextItem.init) })
}
