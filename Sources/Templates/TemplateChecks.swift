package import Diagnostics

/// The checks on templates.
extension CheckID {
  package static let template = CheckID(
    "template", .error,
    "The template can't be used. Fix the place that the message names.")
}
