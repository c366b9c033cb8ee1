import Synchronization

/// A value that is made when it is first asked for, and kept.
///
/// Threads that ask at the same time may each make it, so that what makes it must make the same each time; all get the one that is kept.
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
