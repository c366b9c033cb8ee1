import Analysis
import Templates

/// The events that a rule looks at. At least one list isn't empty.
struct EventSection: TemplateModel {
  /// By provider, then event.
  var rows: [EventRow] = []
  /// Why some of the log source's events don't count, a sentence each: `Microsoft-Windows-Security-Auditing 4688
  /// doesn’t count: the rule needs OriginalFileName, which 4688 lacks.`
  var notes: [String] = []
  /// What collectors' filters can hide of them, most severe first.
  var hidden: [HidingItem] = []
  /// How many more reasons there are.
  var moreHidden = 0

  static let shape = Shape<EventSection>(
    .list("rows") { $0.rows }, .list("notes") { $0.notes.map(TextItem.init) },
    .list("hidden") { $0.hidden },
    .optionalText("moreHidden") { $0.moreHidden == 0 ? nil : counted($0.moreHidden, "more reason") },
    .text("count") { grouped($0.rows.count) })
}

/// An event that a rule looks at.
struct EventRow: TemplateModel {
  /// The source's own name: `Microsoft-Windows-Sysmon`.
  var provider: String
  var providerPage: Link?
  /// A number or a name; `*` if the rule reaches the provider without selecting an event.
  var event: String
  var page: Link?
  /// The title of the event: `Process creation`; `any event of the provider` for `*`; nil if unknown.
  var title: String?
  /// How far it is collected; nil without telemetry, or if it is obvious.
  var share: CollectedShare?

  static let shape = Shape<EventRow>(
    .text("provider") { $0.provider }, .optionalLink("providerPage") { $0.providerPage }, .text("event") { $0.event },
    .optionalLink("page") { $0.page }, .optionalText("title") { $0.title },
    .optionalText("collected") { $0.share?.words },
    .optionalText("collectedClass") { row in
      row.share.map { share in
        switch share {
        case .whole: StateMark.used.marked
        case .part: StateMark.filtered.marked
        case .none: StateMark.missing.marked
        }
      }
    })
}
