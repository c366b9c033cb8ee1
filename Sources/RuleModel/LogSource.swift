/// The log that a rule reads (Sigma Specification 2.1.0, “LogSource”), as written.
package struct LogSource: Hashable, Sendable {
  package var category: String?
  package var product: String?
  package var service: String?
  /// A description of how the log must be configured.
  package var definition: String?

  package init(category: String? = nil, product: String? = nil, service: String? = nil, definition: String? = nil) {
    self.category = category
    self.product = product
    self.service = service
    self.definition = definition
  }

  package var isEmpty: Bool { category == nil && product == nil && service == nil }

  /// The category, product and service only.
  package var withoutDefinition: LogSource { LogSource(category: category, product: product, service: service) }
}

extension LogSource: CustomStringConvertible {
  /// `product: okta, service: okta`: the three names that identify the log.
  package var description: String {
    [("category", category), ("product", product), ("service", service)]
      .compactMap { name, value in value.map { "\(name): \($0)" } }.joined(separator: ", ")
  }
}
