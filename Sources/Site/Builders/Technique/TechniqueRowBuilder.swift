import Analysis
import Attack
import RuleModel

/// Makes rows of techniques for one page.
struct TechniqueRowBuilder {
  private let content: SiteContent
  private let frames: FrameBuilder
  private let address: Address
  /// Empty without telemetry.
  private let states: [TechniqueID: TechniqueState]

  /// The contents of a row's columns, for the caption.
  static let columns =
    "A technique’s rules include its sub-techniques’; groups are those that use exactly this technique."

  init(
    _ content: SiteContent, _ frames: FrameBuilder, _ states: [TechniqueID: TechniqueState], from address: Address
  ) {
    self.content = content
    self.frames = frames
    self.address = address
    self.states = states
  }

  /// - Parameter number: an index of the matrix's techniques.
  func row(_ number: TechniqueIndex, isCurrent: Bool = false, isSub: Bool = false) -> TechniqueRow {
    let technique = content.attack.techniques[number]
    return TechniqueRow(
      id: technique.id.description, name: technique.name,
      page: isCurrent ? nil : frames.map.technique(technique.id, from: address),
      rules: content.index.techniques.techniques[number].counted,
      groups: content.attack.groupCount(of: technique.id),
      state: states[technique.id].map { StateMark($0) }, isCurrent: isCurrent, isSub: isSub)
  }
}
