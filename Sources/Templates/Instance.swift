/// A type-erased model during rendering: its members are read by their number in the shape.
///
/// The template compiler has checked numbers and kinds; reading a member as another kind returns nothing.
@usableFromInline protocol Instance: AnyObject, Sendable {
  func text(_ member: Int) -> String?
  func link(_ member: Int) -> Link?
  func fragment(_ member: Int) -> Fragment?
  func model(_ member: Int) -> (any Instance)?
  func list(_ member: Int) -> InstanceList?
  /// Whether the member is true, present, or not empty.
  func isTrue(_ member: Int) -> Bool
}

/// The models of a list, each created when it is reached.
@usableFromInline struct InstanceList: Sendable {
  let count: Int
  let instance: @Sendable (_ index: Int) -> any Instance

  @usableFromInline init(count: Int, instance: @escaping @Sendable (_ index: Int) -> any Instance) {
    self.count = count
    self.instance = instance
  }
}

/// A value with the shape of its own type: the two always match, so reading it needs no cast.
@usableFromInline final class Bound<Model: TemplateModel>: Instance {
  @usableFromInline let model: Model
  @usableFromInline let reader: @Sendable (Int) -> Member<Model>.Reader

  @inlinable convenience init(_ model: Model) { self.init(model, shape: Model.shape) }

  @inlinable init(_ model: Model, shape: Shape<Model>) {
    self.model = model
    reader = shape.reader
  }

  @usableFromInline func text(_ member: Int) -> String? {
    switch reader(member) {
    case .text(let get): get(model)
    case .optionalText(let get): get(model)
    default: nil
    }
  }

  @usableFromInline func link(_ member: Int) -> Link? {
    switch reader(member) {
    case .link(let get): get(model)
    case .optionalLink(let get): get(model)
    default: nil
    }
  }

  @usableFromInline func fragment(_ member: Int) -> Fragment? {
    if case .fragment(let get) = reader(member) { get(model) } else { nil }
  }

  @usableFromInline func model(_ member: Int) -> (any Instance)? {
    switch reader(member) {
    case .model(_, let get): get(model)
    case .optionalModel(_, let get): get(model)
    default: nil
    }
  }

  @usableFromInline func list(_ member: Int) -> InstanceList? {
    if case .list(_, let get) = reader(member) { get(model) } else { nil }
  }

  @usableFromInline func isTrue(_ member: Int) -> Bool {
    switch reader(member) {
    case .text(let get): !get(model).isEmpty
    case .optionalText(let get): get(model).map { !$0.isEmpty } ?? false
    case .flag(let get): get(model)
    case .link, .model: true
    case .optionalLink(let get): get(model) != nil
    case .optionalModel(_, let get): get(model) != nil
    case .list(_, let get): get(model).count > 0
    case .fragment(let get): !get(model).bytes.isEmpty
    }
  }
}
