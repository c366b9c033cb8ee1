/// The log that a rule reads (Sigma Specification 2.1.0, “LogSource”), as written.
package struct LogSource: Hashable, Sendable {
  package var category: String?
  package var product: String?
  package var service: String?
  /// How the log must be set up, in words.
  package var definition: String?

  package init(category: String? = nil, product: String? = nil, service: String? = nil, definition: String? = nil) {
    self.category = category
    self.product = product
    self.service = service
    self.definition = definition
  }

  package var isEmpty: Bool { category == nil && product == nil && service == nil }

  /// Its three names alone.
  package var withoutDefinition: LogSource { LogSource(category: category, product: product, service: service) }
}

extension LogSource: CustomStringConvertible {
  /// `product: okta, service: okta`: the three names that say which log it is.
  package var description: String {
    [("category", category), ("product", product), ("service", service)]
      .compactMap { name, value in value.map { "\(name): \($0)" } }.joined(separator: ", ")
  }
}
