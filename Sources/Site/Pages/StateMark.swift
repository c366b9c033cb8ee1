import Analysis
import Templates

/// The state of a technique, a rule or an event, by word and shape. The raw value is the style sheet's class.
enum StateMark: String, Sendable {
  /// Rules look for it, but no telemetry is configured.
  case covered
  case runs, partly, blind, unknown, none
  /// Covered by rules that may or may not run.
  case open
  case used, untapped, missing
  /// A used event that a collector's filter partly drops.
  case filtered

  /// The state of a technique, given what is collected.
  init(_ state: TechniqueState) {
    self =
      switch state {
      case .covered: .open
      case .runs: .runs
      case .partly: .partly
      case .blind: .blind
      case .none: .none
      }
  }

  init(_ state: RuleState) {
    self =
      switch state {
      case .runs: .runs
      case .partlyBlind: .partly
      case .blind, .hidden: .blind
      case .unknown: .unknown
      }
  }

  init(_ state: EventState) {
    self =
      switch state {
      case .used: .used
      case .untapped: .untapped
      case .missing: .missing
      }
  }

  var word: String {
    switch self {
    case .partly: "partly blind"
    case .none: "no rule"
    case .open: "covered"
    case .filtered: "used in part"
    default: rawValue
    }
  }

  /// The style sheet's classes.
  var marked: String { "state \(rawValue)" }
}

/// A state as a page shows it.
struct MarkedState: TemplateModel {
  var mark: StateMark
  /// Why, in words; nil if the word says everything.
  var reason: String?

  static let shape = Shape<MarkedState>(
    .text("class") { $0.mark.marked }, .text("word") { $0.mark.word }, .optionalText("reason") { $0.reason })
}

/// A state with its meaning.
struct StateKey: TemplateModel {
  var mark: StateMark
  /// `a rule for it, its event collected`.
  var meaning: String

  static let shape = Shape<StateKey>(
    .text("class") { $0.mark.marked }, .text("word") { $0.mark.word }, .text("meaning") { $0.meaning })
}
