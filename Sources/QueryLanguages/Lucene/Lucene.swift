package import Diagnostics
package import RuleModel

package func readLucene(_ query: [UInt8], place: @escaping (Int) -> SourcePosition) -> QueryReading { QueryReading() }
