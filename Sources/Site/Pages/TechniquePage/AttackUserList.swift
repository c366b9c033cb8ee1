import Templates

/// The groups that use a technique, or the campaigns, or the software.
struct AttackUserList: TemplateModel {
  /// `Groups`.
  var title: String
  /// By name.
  var objects: Folded<AttackObjectItem>

  static let shape = Shape<AttackUserList>(
    .text("title") { $0.title }, .text("count") { grouped($0.objects.total) },
    .list("first") { $0.objects.first }, .list("rest") { $0.objects.rest },
    .text("restLabel") { "\(grouped($0.objects.rest.count)) more" })
}
