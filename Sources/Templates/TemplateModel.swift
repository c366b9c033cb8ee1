/// What a template can show: values with names.
///
/// Declare the shape as a stored `static let`; it is asked for whenever such a model is reached.
package protocol TemplateModel: Sendable {
  static var shape: Shape<Self> { get }
}

/// The members of a model as templates name them.
package struct Shape<Model: TemplateModel>: Sendable {
  let members: [Member<Model>]

  package init(_ members: Member<Model>...) { self.init(members) }

  /// - Precondition: no two members have the same name.
  package init(_ members: [Member<Model>]) {
    precondition(
      Set(members.map(\.name)).count == members.count, "the members of \(Model.self) have names of their own")
    self.members = members
  }
}

/// One member of a model: its name and how it is read.
package struct Member<Model: TemplateModel>: Sendable {
  typealias Getter<Value> = @Sendable (Model) -> Value

  enum Reader: Sendable {
    case text(Getter<String>)
    case optionalText(Getter<String?>)
    case flag(Getter<Bool>)
    case link(Getter<Link>)
    case optionalLink(Getter<Link?>)
    case model(any TemplateModel.Type, Getter<any Instance>)
    case optionalModel(any TemplateModel.Type, Getter<(any Instance)?>)
    case list(any TemplateModel.Type, Getter<any InstanceList>)
    case fragment(Getter<Fragment>)
  }

  let name: String
  let reader: Reader

  /// Text, escaped where it is written.
  package static func text(_ name: String, _ get: @escaping @Sendable (Model) -> String) -> Self {
    Self(name: name, reader: .text(get))
  }

  /// Text that may be absent: an attribute bound to it is then left out. As a condition it is true when present and not
  /// empty.
  package static func optionalText(_ name: String, _ get: @escaping @Sendable (Model) -> String?) -> Self {
    Self(name: name, reader: .optionalText(get))
  }

  /// Something that holds or doesn't: for conditions and for attributes such as `hidden`.
  package static func flag(_ name: String, _ get: @escaping @Sendable (Model) -> Bool) -> Self {
    Self(name: name, reader: .flag(get))
  }

  /// An address; nothing else can be bound to `href` and the like.
  package static func link(_ name: String, _ get: @escaping @Sendable (Model) -> Link) -> Self {
    Self(name: name, reader: .link(get))
  }

  package static func optionalLink(_ name: String, _ get: @escaping @Sendable (Model) -> Link?) -> Self {
    Self(name: name, reader: .optionalLink(get))
  }

  /// A model inside, whose members are reached with `/`.
  package static func model<Inner: TemplateModel>(
    _ name: String, _ get: @escaping @Sendable (Model) -> Inner
  ) -> Self {
    Self(name: name, reader: .model(Inner.self) { Bound(get($0)) })
  }

  package static func optionalModel<Inner: TemplateModel>(
    _ name: String, _ get: @escaping @Sendable (Model) -> Inner?
  ) -> Self {
    Self(name: name, reader: .optionalModel(Inner.self) { get($0).map { Bound($0) } })
  }

  /// Models to repeat over.
  package static func list<Item: TemplateModel>(
    _ name: String, _ get: @escaping @Sendable (Model) -> [Item]
  ) -> Self {
    Self(name: name, reader: .list(Item.self) { BoundList(items: get($0)) })
  }

  /// Markup that this engine has rendered already.
  package static func fragment(_ name: String, _ get: @escaping @Sendable (Model) -> Fragment) -> Self {
    Self(name: name, reader: .fragment(get))
  }
}
