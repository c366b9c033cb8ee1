/// Data that a template can show: named values.
///
/// Declare the shape as a stored `static let`, since it is read each time such a model is reached.
@usableFromInline package protocol TemplateModel: Sendable {
  static var shape: Shape<Self> { get }
}

/// The members of a model, by the names that templates use.
@usableFromInline package struct Shape<Model: TemplateModel>: Sendable {
  let members: [Member<Model>]
  /// Reads a member by its number. Created where the model's type is known: looking up a list with generic element
  /// types at run time would cost more than reading the member.
  @usableFromInline let reader: @Sendable (Int) -> Member<Model>.Reader

  @inlinable package init(_ members: Member<Model>...) { self.init(members) }

  /// - Precondition: the members' names are unique.
  @inlinable package init(_ members: [Member<Model>]) { self.init(members) { members[$0].reader } }

  @usableFromInline init(_ members: [Member<Model>], reader: @escaping @Sendable (Int) -> Member<Model>.Reader) {
    precondition(
      Set(members.map(\.name)).count == members.count, "the members of \(Model.self) have names of their own")
    self.members = members
    self.reader = reader
  }
}

/// One member of a model: its name and its getter.
@usableFromInline package struct Member<Model: TemplateModel>: Sendable {
  @usableFromInline typealias Getter<Value> = @Sendable (Model) -> Value

  @usableFromInline enum Reader: Sendable {
    case text(Getter<String>)
    case optionalText(Getter<String?>)
    case flag(Getter<Bool>)
    case link(Getter<Link>)
    case optionalLink(Getter<Link?>)
    case model(any TemplateModel.Type, Getter<Instance>)
    case optionalModel(any TemplateModel.Type, Getter<Instance?>)
    case list(any TemplateModel.Type, Getter<InstanceList>)
    case fragment(Getter<Fragment>)
  }

  @usableFromInline let name: String
  @usableFromInline let reader: Reader

  @usableFromInline init(name: String, reader: Reader) {
    self.name = name
    self.reader = reader
  }

  /// Text, escaped on output.
  package static func text(_ name: String, _ get: @escaping @Sendable (Model) -> String) -> Self {
    Self(name: name, reader: .text(get))
  }

  /// Optional text: if it is absent, an attribute bound to it is omitted. As a condition it is true if present and not
  /// empty.
  package static func optionalText(_ name: String, _ get: @escaping @Sendable (Model) -> String?) -> Self {
    Self(name: name, reader: .optionalText(get))
  }

  /// A boolean, for conditions and for attributes such as `hidden`.
  package static func flag(_ name: String, _ get: @escaping @Sendable (Model) -> Bool) -> Self {
    Self(name: name, reader: .flag(get))
  }

  /// An address; nothing else can be bound to `href` and similar attributes.
  package static func link(_ name: String, _ get: @escaping @Sendable (Model) -> Link) -> Self {
    Self(name: name, reader: .link(get))
  }

  package static func optionalLink(_ name: String, _ get: @escaping @Sendable (Model) -> Link?) -> Self {
    Self(name: name, reader: .optionalLink(get))
  }

  /// A nested model, whose members are reached with `/`.
  @inlinable package static func model<Inner: TemplateModel>(
    _ name: String, _ get: @escaping @Sendable (Model) -> Inner
  ) -> Self {
    Self(name: name, reader: .model(Inner.self) { Instance(get($0)) })
  }

  @inlinable package static func optionalModel<Inner: TemplateModel>(
    _ name: String, _ get: @escaping @Sendable (Model) -> Inner?
  ) -> Self {
    Self(name: name, reader: .optionalModel(Inner.self) { get($0).map { Instance($0) } })
  }

  /// A list of models to repeat over.
  @inlinable package static func list<Item: TemplateModel>(
    _ name: String, _ get: @escaping @Sendable (Model) -> [Item]
  ) -> Self {
    Self(
      name: name,
      reader: .list(Item.self) { model in
        let (items, shape) = (get(model), Item.shape)
        return InstanceList(count: items.count) { Instance(items[$0], shape: shape) }
      })
  }

  /// Markup already rendered by this engine.
  package static func fragment(_ name: String, _ get: @escaping @Sendable (Model) -> Fragment) -> Self {
    Self(name: name, reader: .fragment(get))
  }
}
