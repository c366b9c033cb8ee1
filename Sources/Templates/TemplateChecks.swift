package import Diagnostics

/// What is found in templates.
extension CheckID {
  package static let template = CheckID(
    "template", .error,
    "The template can't be used. Fix the place that the message names.")
}
