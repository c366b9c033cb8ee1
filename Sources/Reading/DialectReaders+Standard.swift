package import DialectReading
import Elastic
import Sentinel
import Sigma
import Splunk

extension DialectReaders {
  /// The dialects that the program supports.
  package static let standard = DialectReaders([.sigma, .elastic, .sentinel, .splunk])
}
