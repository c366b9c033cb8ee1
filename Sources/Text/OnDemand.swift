import Synchronization

/// A value that is computed on first use and then kept.
///
/// Threads that use it at the same time may each compute it, so the computation must always give the same result; all
/// threads get the value that is kept.
package final class OnDemand<Value: Sendable>: Sendable {
  private final class Made: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  private let make: @Sendable () -> Value
  private let made = AtomicLazyReference<Made>()

  package init(_ make: @escaping @Sendable () -> Value) { self.make = make }

  package var value: Value { (made.load() ?? made.storeIfNil(Made(make()))).value }
}
