package import DialectReading
import Elastic
import Sentinel
import Sigma

extension DialectReaders {
  /// Those that the program has.
  package static let standard = DialectReaders([.sigma, .elastic, .sentinel])
}
