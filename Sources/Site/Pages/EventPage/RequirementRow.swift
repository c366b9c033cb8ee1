import Templates

/// Something that must be turned on before an event is recorded.
struct RequirementRow: TemplateModel {
  /// `Audit policy`.
  var kind: String
  /// `Audit Process Creation`.
  var text: String
  /// On a provider's page: the events that it is for; empty for all.
  var events: [String] = []
  /// The fields that are empty without it; empty where the event is missing altogether.
  var fields: [String] = []

  static let shape = Shape<RequirementRow>(
    .text("kind") { $0.kind }, .text("text") { $0.text },
    .list("events") { $0.events.map(TextItem.init) },
    .list("fields") { $0.fields.map(TextItem.init) })
}
