/// The kind of value that a path leads to, as far as the compiler needs it.
enum MemberKind {
  case text
  case flag
  /// Only for repetitions.
  case number
  case link
  case fragment
  case model(any TemplateModel.Type)
  case list(any TemplateModel.Type)

  /// The name used in messages.
  var name: String {
    switch self {
    case .text: "a text"
    case .flag: "a flag"
    case .number: "a number"
    case .link: "a link"
    case .fragment: "a fragment"
    case .model: "a model"
    case .list: "a list"
    }
  }
}

extension TemplateModel {
  static var memberNames: [String] { shape.members.map(\.name) }

  /// A member's number and kind.
  static func member(named name: String) -> (index: Int, kind: MemberKind)? {
    let members = shape.members
    guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
    let kind: MemberKind =
      switch members[index].reader {
      case .text, .optionalText: .text
      case .flag: .flag
      case .link, .optionalLink: .link
      case .model(let type, _), .optionalModel(let type, _): .model(type)
      case .list(let type, _): .list(type)
      case .fragment: .fragment
      }
    return (index, kind)
  }
}
