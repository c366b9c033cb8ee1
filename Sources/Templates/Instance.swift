/// A model during rendering, without its type: its members are read by their number in the shape.
///
/// The template compiler has checked numbers and kinds; reading a member as another kind returns nothing.
@usableFromInline final class Instance: Sendable {
  /// What to read of a member.
  @usableFromInline enum Question: Sendable {
    case text, link, fragment, model, list
    /// Whether the member is true, present, or not empty.
    case isTrue
  }

  @usableFromInline enum Answer: Sendable {
    case nothing
    case text(String)
    case link(Link)
    case fragment(Fragment)
    case model(Instance)
    case list(InstanceList)
    case truth(Bool)
  }

  private let read: @Sendable (_ member: Int, Question) -> Answer

  @inlinable convenience init<Model: TemplateModel>(_ model: Model) { self.init(model, shape: Model.shape) }

  /// Inlined where the model's type is known: looking its types up at run time costs more than reading a member.
  @inlinable convenience init<Model: TemplateModel>(_ model: Model, shape: Shape<Model>) {
    let reader = shape.reader
    self.init { reader($0).answer($1, of: model) }
  }

  @usableFromInline init(_ read: @escaping @Sendable (_ member: Int, Question) -> Answer) { self.read = read }

  func text(_ member: Int) -> String? { if case .text(let text) = read(member, .text) { text } else { nil } }
  func link(_ member: Int) -> Link? { if case .link(let link) = read(member, .link) { link } else { nil } }

  func fragment(_ member: Int) -> Fragment? {
    if case .fragment(let fragment) = read(member, .fragment) { fragment } else { nil }
  }

  func model(_ member: Int) -> Instance? { if case .model(let model) = read(member, .model) { model } else { nil } }
  func list(_ member: Int) -> InstanceList? { if case .list(let list) = read(member, .list) { list } else { nil } }
  func isTrue(_ member: Int) -> Bool { if case .truth(let isTrue) = read(member, .isTrue) { isTrue } else { false } }
}

/// The models of a list, each created when it is reached.
@usableFromInline struct InstanceList: Sendable {
  let count: Int
  let instance: @Sendable (_ index: Int) -> Instance

  @usableFromInline init(count: Int, instance: @escaping @Sendable (_ index: Int) -> Instance) {
    self.count = count
    self.instance = instance
  }

  @usableFromInline var isEmpty: Bool { count == 0 }
}

extension Member.Reader {
  @inlinable func answer(_ question: Instance.Question, of model: Model) -> Instance.Answer {
    switch (self, question) {
    case (.text(let get), .text): .text(get(model))
    case (.text(let get), .isTrue): .truth(!get(model).isEmpty)
    case (.optionalText(let get), .text): get(model).map { .text($0) } ?? .nothing
    case (.optionalText(let get), .isTrue): .truth(get(model).map { !$0.isEmpty } ?? false)
    case (.flag(let get), .isTrue): .truth(get(model))
    case (.link(let get), .link): .link(get(model))
    case (.optionalLink(let get), .link): get(model).map { .link($0) } ?? .nothing
    case (.optionalLink(let get), .isTrue): .truth(get(model) != nil)
    case (.model(_, let get), .model): .model(get(model))
    case (.optionalModel(_, let get), .model): get(model).map { .model($0) } ?? .nothing
    case (.optionalModel(_, let get), .isTrue): .truth(get(model) != nil)
    case (.list(_, let get), .list): .list(get(model))
    case (.list(_, let get), .isTrue): .truth(!get(model).isEmpty)
    case (.fragment(let get), .fragment): .fragment(get(model))
    case (.fragment(let get), .isTrue): .truth(!get(model).isEmpty)
    case (.link, .isTrue), (.model, .isTrue): .truth(true)
    default: .nothing
    }
  }
}
