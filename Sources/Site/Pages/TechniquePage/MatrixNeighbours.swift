import Templates

/// What is near a technique in the matrix. At least one part is present.
struct MatrixNeighbours: TemplateModel {
  /// A technique with its sub-techniques; nil if it has none.
  var family: TechniqueTable?
  /// For a technique that isn't a sub-technique, in matrix order.
  var columns: [ColumnNeighbours] = []

  static let shape = Shape<MatrixNeighbours>(
    .optionalModel("family") { $0.family }, .list("columns") { $0.columns })
}

/// The techniques above and below in a tactic's column.
struct ColumnNeighbours: TemplateModel {
  var tactic: TitledLink
  /// `Network Sniffing, 16 rules`; nil at the column's ends.
  var previous: TitledLink?
  var next: TitledLink?

  static let shape = Shape<ColumnNeighbours>(
    .model("tactic") { $0.tactic }, .optionalModel("previous") { $0.previous }, .optionalModel("next") { $0.next })
}
