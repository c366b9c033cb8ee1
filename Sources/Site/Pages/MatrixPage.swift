import Templates

/// The ATT&CK matrix with the number of rules for each technique, `attack/index.html`. Template: `matrix.html`.
struct MatrixPage: TemplateModel {
  var frame: SiteFrame
  /// Link to the matrix as a picture.
  var picture: Link
  /// `ATT&CK Enterprise 19.2`.
  var title: String
  /// What the numbers mean, in a sentence or two.
  var lead: String
  /// How many techniques have a rule, and their states, in a sentence; the page's script updates it.
  var counts: String
  /// How much is covered in scope, in a sentence; nil if the configuration has no scope.
  var scope: String?
  /// `3,317 rules, 415 techniques`.
  var summary: String
  /// The lists of groups, campaigns and software, and their comparison; empty if the site has none.
  var threats: [TitledLink] = []
  /// What the page's script filters rules by, and techniques by their platforms.
  var filters: [MatrixFilter] = []
  /// What the marks of techniques mean; empty without telemetry.
  var states: [StateKey] = []
  /// In matrix order.
  var tactics: [MatrixColumn]

  static let shape = Shape<MatrixPage>(
    .model("frame") { $0.frame }, .link("picture") { $0.picture }, .text("title") { $0.title },
    .text("lead") { $0.lead }, .text("counts") { $0.counts },
    .optionalText("scope") { $0.scope }, .text("summary") { $0.summary }, .list("filters") { $0.filters },
    .list("threats") { $0.threats }, .list("states") { $0.states }, .list("steps") { _ in MatrixShade.allCases },
    .list("tactics") { $0.tactics })
}

/// A property by which the matrix can be filtered.
struct MatrixFilter: TemplateModel {
  /// The name that the script uses: `level`.
  var name: String
  /// `Level`.
  var label: String
  /// The initial choice: `All levels`.
  var all: String
  var options: [MatrixFilterOption]

  static let shape = Shape<MatrixFilter>(
    .text("name") { $0.name }, .text("label") { $0.label }, .text("all") { $0.all }, .list("options") { $0.options })
}

struct MatrixFilterOption: TemplateModel {
  var value: String
  /// `high (1,730)`.
  var label: String

  static let shape = Shape<MatrixFilterOption>(.text("value") { $0.value }, .text("label") { $0.label })
}

/// A tactic with its techniques.
struct MatrixColumn: TemplateModel {
  /// `TA0006`, also its id on the page.
  var id: String
  var name: String
  var page: Link?
  /// How many of ``cells`` in scope rules can find: those with a rule or, with telemetry, those that run, even if partly blind.
  var found: Int
  /// Whether that number counts what runs.
  var areRunning = false
  /// By name.
  var cells: [MatrixCell]

  static let shape = Shape<MatrixColumn>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page },
    .link("place") { Link(relative: "", fragment: $0.id) },
    .text("found") { column in
      let inScope = column.cells.count { $0.exclusion == nil }
      guard inScope > 0 || column.cells.isEmpty else { return "out of scope" }
      return "\(column.found) of \(inScope)\(column.areRunning ? " run" : "")"
    }, .list("cells") { $0.cells })
}

/// A technique in the matrix.
struct MatrixCell: TemplateModel {
  var id: String
  var name: String
  var page: Link?
  var rules: Int
  /// How many of these aren't blind. This determines the shade, so that nothing blind looks covered.
  var awake: Int
  /// Its state, given what is collected; nil without telemetry, or if the number says everything.
  var mark: StateMark?
  /// `out of scope` or `accepted`; nil if it is in scope.
  var exclusion: String?
  /// What holds it up: `thin: one event`, `3 events, 2 levels`; nil if nothing does.
  var depth: String?
  /// By id.
  var subtechniques: [MatrixCell] = []

  /// The style sheet's classes; nil for none.
  fileprivate var classes: String? {
    let classes = [rules == 0 ? "zero" : nil, exclusion == nil ? nil : "out"].compactMap { $0 }
    return classes.isEmpty ? nil : classes.joined(separator: " ")
  }

  static let shape = Shape<MatrixCell>(
    .text("id") { $0.id }, .text("name") { $0.name }, .optionalLink("page") { $0.page },
    .text("rules") { grouped($0.rules) }, .text("shade") { "v \(MatrixShade(rules: $0.awake).rawValue)" },
    .optionalText("state") { $0.classes }, .optionalText("exclusion") { $0.exclusion },
    .optionalText("depth") { $0.depth },
    .optionalModel("mark") { cell in cell.mark.map { MarkedState(mark: $0) } },
    .list("subtechniques") { $0.subtechniques.map(MatrixSubcell.init) },
    .text("unfold") { "\(counted($0.subtechniques.count, "sub-technique")) of \($0.name)" })
}

/// A sub-technique in the matrix: a cell with none below it.
struct MatrixSubcell: TemplateModel {
  var cell: MatrixCell

  static let shape = Shape<MatrixSubcell>(
    .text("id") { $0.cell.id }, .text("name") { $0.cell.name }, .optionalLink("page") { $0.cell.page },
    .text("rules") { grouped($0.cell.rules) }, .text("shade") { "v \(MatrixShade(rules: $0.cell.awake).rawValue)" },
    .optionalText("state") { $0.cell.classes }, .optionalText("exclusion") { $0.cell.exclusion },
    .optionalText("depth") { $0.cell.depth },
    .optionalModel("mark") { sub in sub.cell.mark.map { MarkedState(mark: $0) } })
}

/// The shades of the matrix by number of rules; the page's script uses the same steps.
enum MatrixShade: String, CaseIterable, TemplateModel {
  case h0, h1, h2, h3, h4, h5, h6

  /// The maximum number of rules for each shade but the last.
  private static let steps = [0, 2, 5, 10, 25, 75]

  init(rules: Int) {
    let step = MatrixShade.steps.firstIndex { rules <= $0 } ?? MatrixShade.steps.count
    self = MatrixShade.allCases[step]
  }

  /// `none`, `3–5`, `over 75`.
  var words: String {
    let step = MatrixShade.allCases.firstIndex(of: self) ?? 0
    guard step > 0 else { return "none" }
    let most = MatrixShade.steps
    return step < most.count ? "\(most[step - 1] + 1)–\(most[step])" : "over \(most[step - 1])"
  }

  static let shape = Shape<MatrixShade>(.text("name") { $0.rawValue }, .text("words") { $0.words })
}
