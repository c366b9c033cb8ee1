package import DialectReading
import Sigma

extension DialectReaders {
  /// Those that the program has.
  package static let standard = DialectReaders([.sigma])
}
