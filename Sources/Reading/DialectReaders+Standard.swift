package import DialectReading
import Elastic
import Panther
import Sentinel
import Sigma
import Splunk
import YARAL

extension DialectReaders {
  /// The dialects that the program supports.
  package static let standard = DialectReaders([.sigma, .elastic, .sentinel, .splunk, .yaral, .panther])
}
