import Diagnostics
package import RuleModel
import Text

extension EventMap {
  /// The entry for a log source: its own, or else that of a more general one.
  ///
  /// A log source with a category and a service has the events of both, as described in ``LogSourceEvents/beside(_:)``.
  /// If the map has no entry with its service or product, it has only its category's events; one without a product has
  /// those of all products.
  ///
  /// - Parameter dialect: the dialect of the log source's names; names that the map lists for a dialect take precedence
  ///   over the taxonomy's.
  package func entry(for logSource: LogSource, dialect: Dialect = .sigma) -> LogSourceEvents? {
    let key = LogSourceKey(logSource)
    if let found = dialectNames.source(of: logSource, naming: LogNaming(dialect)) {
      return found.events.isEmpty ? logSources[found.source] : logSources[found.source].naming(found.events)
    }
    if let exact = entry(key) { return exact }
    if key.category != nil, key.service != nil {
      let ofCategory = entry(LogSourceKey(category: key.category, product: key.product))
      let ofService = entry(LogSourceKey(product: key.product, service: key.service))
      switch (ofCategory, ofService) {
      case (let category?, let service?): return category.beside(service)
      case (let category?, nil): return category
      case (nil, let service?): return service
      case (nil, nil): break
      }
    }
    if key.product != nil, key.category != nil || key.service != nil {
      return entry(for: LogSource(category: logSource.category, service: logSource.service), ofAnyProduct: false)
    }
    return entry(for: logSource, ofAnyProduct: true)
  }

  /// The entry for a log source, or those that its name stands for if it has stars, as in `Device*`, and no entry of its
  /// own: all with a name that it matches, in map order.
  package func entries(for logSource: LogSource, dialect: Dialect) -> [LogSourceEvents] {
    if let entry = entry(for: logSource, dialect: dialect) { return [entry] }
    return dialectNames.sources(matching: logSource, naming: LogNaming(dialect)).map { logSources[$0] }
  }

  /// All log sources that have the names given here, whatever others they have: for a product, all of its services.
  package func entries(within logSource: LogSource) -> [LogSourceEvents] {
    let whole = LogSourceKey(logSource)
    return logSources.filter { source in
      let key = LogSourceKey(source.logSource)
      return (whole.category == nil || whole.category == key.category)
        && (whole.product == nil || whole.product == key.product)
        && (whole.service == nil || whole.service == key.service)
    }
  }

  private func entry(for logSource: LogSource, ofAnyProduct: Bool) -> LogSourceEvents? {
    let key = LogSourceKey(logSource)
    if let exact = entry(key) { return exact }
    guard ofAnyProduct, key.service == nil, let category = key.category else { return nil }
    return productless[category]
  }

  private func entry(_ key: LogSourceKey) -> LogSourceEvents? { sourceIndices[key].map { logSources[$0] } }
}

/// The three names that identify a log source, in lower case.
package struct LogSourceKey: Hashable, Comparable, Sendable {
  var category: String?
  var product: String?
  var service: String?

  init(category: String? = nil, product: String? = nil, service: String? = nil) {
    self.category = category
    self.product = product
    self.service = service
  }

  package init(_ logSource: LogSource) {
    category = logSource.category.map(lowercasedASCII)
    product = logSource.product.map(lowercasedASCII)
    service = logSource.service.map(lowercasedASCII)
  }

  var isEmpty: Bool { category == nil && product == nil && service == nil }

  /// By category, product and service, absent ones first.
  package static func < (left: LogSourceKey, right: LogSourceKey) -> Bool {
    if left.category != right.category { return precedes(left.category, right.category) }
    if left.product != right.product { return precedes(left.product, right.product) }
    return precedes(left.service, right.service)
  }

  /// nil comes first.
  private static func precedes(_ left: String?, _ right: String?) -> Bool {
    guard let right else { return false }
    return left.map { inByteOrder($0, right) } ?? true
  }
}

extension LogSourceEvents {
  /// Joins the log sources of one category for several products.
  init(joining sources: [LogSourceEvents]) {
    var pin = Pin()
    for source in sources { pin.add(source.pin) }
    self.init(
      logSource: LogSource(category: sources.first?.logSource.category),
      namesOperations: sources.allSatisfy(\.namesOperations), targets: sources.flatMap(\.targets), pin: pin)
  }

  /// The events of a category that a service writes. If it writes none of them, as in a rule made from two documents:
  /// the category's events, and those of the service if the rule names them.
  func beside(_ service: LogSourceEvents) -> LogSourceEvents {
    let providers = Set(service.targets.map(\.provider))
    let kept = targets.filter { providers.contains($0.provider) }
    if !kept.isEmpty {
      return LogSourceEvents(logSource: logSource, namesOperations: namesOperations, targets: kept, pin: pin)
    }
    var pin = pin
    pin.add(service.pin)
    let named = service.targets.map { target in
      var target = target
      target.mustBeNamed = true
      return target
    }
    return LogSourceEvents(
      logSource: logSource, namesOperations: namesOperations && service.namesOperations, targets: targets + named,
      pin: pin)
  }
}
