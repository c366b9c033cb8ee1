import Templates

/// A node of a stage's tree.
enum PredicateModel: TemplateModel {
  case group(PredicateGroup)
  case test(TestModel)
  /// Another stage of the rule.
  case stage(StageReference)
  /// Logic that compares no field with a value, as text.
  case noTest(String)
  /// Logic that the reader couldn't parse, as text.
  case opaque(String)

  private var group: PredicateGroup? { if case .group(let group) = self { group } else { nil } }
  private var test: TestModel? { if case .test(let test) = self { test } else { nil } }
  private var stage: StageReference? { if case .stage(let stage) = self { stage } else { nil } }
  private var noTest: String? { if case .noTest(let text) = self { text } else { nil } }
  private var opaque: String? { if case .opaque(let text) = self { text } else { nil } }

  static let shape = Shape<PredicateModel>(
    .optionalModel("group") { $0.group }, .optionalModel("test") { $0.test }, .optionalModel("stage") { $0.stage },
    .optionalText("noTest") { $0.noTest }, .optionalText("opaque") { $0.opaque })
}

/// Nodes grouped under a word. The word says how they are joined, and so does the line beside them.
struct PredicateGroup: TemplateModel {
  /// Raw values are the style sheet's classes: a solid line, a dashed one, a double one.
  enum Kind: String {
    case all, any, not
  }

  var kind: Kind
  /// `all of`, `any of`, `not`; `not, any of` for a `not` around an `any`, shown as one group.
  var words: String
  /// At least one.
  var parts: [PredicateModel]

  static let shape = Shape<PredicateGroup>(
    .text("kind") { $0.kind.rawValue }, .text("words") { $0.words }, .list("parts") { $0.parts })
}

/// A stage that a condition names.
struct StageReference: TemplateModel {
  /// ``StageModel/number``.
  var number: Int
  var name: String
  /// Whether other stages may have the same name, as with commands.
  var isNumbered = false

  static let shape = Shape<StageReference>(
    .link("place") { Link(relative: "", fragment: StageModel.anchor(ofStage: $0.number)) },
    .optionalText("number") { $0.isNumbered ? String($0.number) : nil }, .text("name") { $0.name })
}

/// A comparison of a field with one value or several, as a line of the tree.
struct TestModel: TemplateModel {
  /// The word between two values.
  enum Joint: String {
    case or, and
  }

  /// nil for a search over the entire event.
  var field: String?
  /// The comparison, in words: `ends with`.
  var kind: String
  var joint = Joint.or
  /// In the order of the rule, at least one.
  var values: [ShownValue]

  /// If a list has thousands of hashes, most of them appear only in the rule's text on the same page.
  private var folded: Folded<ShownValue> { Folded(values, seen: 24, most: 400) }

  static let shape = Shape<TestModel>(
    .optionalText("field") { $0.field },
    .text("kind") { $0.kind },
    .text("joint") { $0.joint.rawValue },
    .optionalText("quantifier") { test in
      guard test.values.count > 2 else { return nil }
      return (test.joint == .or ? "any of " : "all of ") + grouped(test.values.count) + ":"
    },
    .list("values") { $0.folded.first },
    .list("rest") { $0.folded.rest },
    .text("restLabel") { $0.folded.label("value") },
    .optionalText("left") { $0.folded.left == 0 ? nil : grouped($0.folded.left) })
}
