/// A model at work, its type forgotten: its members by their number in the shape.
///
/// The compiler of templates has checked number and kind; asked for another kind, a member gives nothing.
protocol Instance: AnyObject, Sendable {
  func text(_ member: Int) -> String?
  func link(_ member: Int) -> Link?
  func fragment(_ member: Int) -> Fragment?
  func model(_ member: Int) -> (any Instance)?
  func list(_ member: Int) -> (any InstanceList)?
  /// Whether the member holds, is present, or is not empty.
  func isTrue(_ member: Int) -> Bool
}

/// The models of a list, each made when it is reached.
protocol InstanceList: Sendable {
  var count: Int { get }
  subscript(index: Int) -> any Instance { get }
}

/// A value with the shape of its own type: the two can't be mixed up, so that no cast is needed to read it.
final class Bound<Model: TemplateModel>: Instance {
  private let model: Model
  private let members: [Member<Model>]

  convenience init(_ model: Model) { self.init(model, shape: Model.shape) }

  init(_ model: Model, shape: Shape<Model>) {
    self.model = model
    members = shape.members
  }

  func text(_ member: Int) -> String? {
    switch members[member].reader {
    case .text(let get): get(model)
    case .optionalText(let get): get(model)
    default: nil
    }
  }

  func link(_ member: Int) -> Link? {
    switch members[member].reader {
    case .link(let get): get(model)
    case .optionalLink(let get): get(model)
    default: nil
    }
  }

  func fragment(_ member: Int) -> Fragment? {
    if case .fragment(let get) = members[member].reader { get(model) } else { nil }
  }

  func model(_ member: Int) -> (any Instance)? {
    switch members[member].reader {
    case .model(_, let get): get(model)
    case .optionalModel(_, let get): get(model)
    default: nil
    }
  }

  func list(_ member: Int) -> (any InstanceList)? {
    if case .list(_, let get) = members[member].reader { get(model) } else { nil }
  }

  func isTrue(_ member: Int) -> Bool {
    switch members[member].reader {
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

struct BoundList<Item: TemplateModel>: InstanceList {
  private let items: [Item]
  private let shape = Item.shape

  init(items: [Item]) { self.items = items }

  var count: Int { items.count }
  subscript(index: Int) -> any Instance { Bound(items[index], shape: shape) }
}
