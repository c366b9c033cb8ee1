import RuleModel

/// Makes ATT&CK data from a bundle of MITRE's, of any domain.
///
/// The domain and the order of tactics come from the matrix object, the version from the collection object.
/// Relationships that are inactive, or lead to an object that is, say nothing.
///
/// - Parameters:
///   - bytes: STIX 2.0 or 2.1 as JSON, plain or packed with gzip.
///   - version: ATT&CK's version; goes before what the bundle says.
/// - SeeAlso: MITRE, ATT&CK STIX data specification 3.3.0.
package func importSTIX(_ bytes: [UInt8], version: String?) throws(ImportError) -> AttackMatrix {
  // Enterprise 19.1, the largest so far, has 47 MB.
  let limit = 256 << 20
  let json = isGzip(bytes) && bytes.count <= limit ? try gunzip(bytes, limit: limit) : bytes
  guard json.count <= limit else {
    throw ImportError("it is larger than \(limit >> 20) MiB, which no MITRE bundle is; check the file")
  }
  let reader = STIXReader(try STIXBundle(parsing: json).objects ?? [])
  let data = try reader.data(version: version)
  do {
    return try AttackMatrix(data)
  } catch {
    throw ImportError("\(error.message); download the bundle again, or report it to MITRE")
  }
}
