@testable import Telemetry

/// Queries as a query list, each on a line of its own from the third on.
func queryList(_ queries: String) -> String { "<QueryList>\n<Query Id=\"0\">\n\(queries)\n</Query>\n</QueryList>" }

/// The telemetry of a list of queries.
func subscription(_ queries: String) throws -> Telemetry { try telemetry("", (.wef, "w.xml", queryList(queries))) }

func selection(_ query: String, path: String = "Security") -> String {
  "<Select Path=\"\(path)\">\(query)</Select>"
}
