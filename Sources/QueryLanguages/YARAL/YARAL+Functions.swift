import RuleModel

/// What functions mean.
///
/// - SeeAlso: Google SecOps documentation, “YARA-L 2.0 functions”, “Aggregations”.
extension YARAL {
  static let lowering = Lowering(
    grammar,
    functions: [
      "strings.contains": Lowering.Function(FieldComparison(.contains)),
      "strings.starts_with": Lowering.Function(FieldComparison(.startsWith)),
      "strings.ends_with": Lowering.Function(FieldComparison(.endsWith)),
      "net.ip_in_range_cidr": Lowering.Function(FieldComparison(.cidr)),
      "arrays.contains": Lowering.Function(FieldComparison(.eq)), regex: Lowering.Function(FieldComparison(.regex)),
    ],
    transparent: [
      "strings.to_lower", "strings.to_upper", "cast.as_bool", "cast.as_float", "cast.as_int", "cast.as_string",
      "cast.as_uint",
    ], known: known, times: ["timestamp.current_seconds", "timestamp.now"],
    // A reference list, or one of a field's enumerated values, which are in capitals; names of fields never are.
    parameters: ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z")).union("%"), bare: .truth)

  static let regex = "re.regex"

  private static let known: Set<String> = [
    "array", "array_distinct", "arrays.concat", "arrays.index_to_float", "arrays.index_to_int", "arrays.index_to_str",
    "arrays.join_string", "arrays.length", "arrays.max", "arrays.min", "arrays.size", "avg", "bytes.to_base64",
    "coalesce", "count", "count_distinct", "earliest", "fingerprint", "first_seen", "group", "hash.fingerprint2011",
    "hash.sha256", "if", "last_seen", "latest", "math.abs", "math.ceil", "math.floor", "math.geo_distance",
    "math.is_increasing", "math.log", "math.pow", "math.random", "math.round", "math.sqrt", "max", "median", "min",
    "mode", "net.ip_in_range_cidr", "optimization.sample_rate", "re.capture", "re.capture_all", "re.replace",
    "sample_rate", "stddev", "strings.base64_decode", "strings.coalesce", "strings.concat", "strings.count_substrings",
    "strings.extract_domain", "strings.extract_hostname", "strings.from_base64", "strings.from_hex", "strings.length",
    "strings.ltrim", "strings.reverse", "strings.rtrim", "strings.split", "strings.substr", "strings.trim",
    "strings.url_decode", "strings.url_encode", "sum", "timestamp.as_unix_seconds", "timestamp.diff",
    "timestamp.get_date", "timestamp.get_day_of_week", "timestamp.get_hour", "timestamp.get_minute",
    "timestamp.get_timestamp", "timestamp.get_week", "variance", "window.avg", "window.first", "window.last",
    "window.median", "window.mode", "window.range", "window.stddev", "window.variance",
    // Metrics of users and assets (“Metric functions”).
    "metrics.alert_event_name_count", "metrics.auth_attempts_fail", "metrics.auth_attempts_success",
    "metrics.auth_attempts_total", "metrics.dns_bytes_outbound", "metrics.dns_queries_fail",
    "metrics.dns_queries_success", "metrics.dns_queries_total", "metrics.file_executions_fail",
    "metrics.file_executions_success", "metrics.file_executions_total", "metrics.http_queries_fail",
    "metrics.http_queries_success", "metrics.http_queries_total", "metrics.network_bytes_inbound",
    "metrics.network_bytes_outbound", "metrics.network_bytes_total", "metrics.resource_creation_success",
    "metrics.resource_creation_total", "metrics.resource_deletion_success",
    "metrics.resource_permissions_changes_total",
    "metrics.resource_read_fail", "metrics.resource_read_success", "metrics.resource_read_total",
    "metrics.resource_written_fail", "metrics.resource_written_success", "metrics.resource_written_total",
    "metrics.workspace_emails_sent_total", "metrics.workspace_total_change_actions",
    "metrics.workspace_total_download_actions",
  ]

  /// Turns what only this language writes into comparisons: `re.regex(a, b) nocase`, `a in regex %list`.
  static func meaning(of expression: Expression, in bytes: [UInt8]) -> Expression {
    func meaning(_ part: Expression) -> Expression { YARAL.meaning(of: part, in: bytes) }
    var result = expression
    switch expression.kind {
    case .postfix(ignoringCase, let part): return withoutCase(meaning(part))
    case .postfix(let operation, let part): result.kind = .postfix(operation, meaning(part))
    case .prefix(let operation, let part): result.kind = .prefix(operation, meaning(part))
    case .infix(let operation, let parts): result.kind = .infix(operation, parts.map(meaning))
    case .list(let items): result.kind = .list(items.map(meaning))
    case .call(let function, let arguments):
      let arguments = arguments.map(meaning)
      result.kind = .call(function, arguments)
      guard isSame(bytes, function.span, as: Array(regex.utf8), ignoringCase: true), arguments.count > 1 else { break }
      let comparison = FieldComparison(.regex, modifiers: hasArgumentWithoutCase(expression) ? .ignoreCase : [])
      result.kind = .comparison(arguments[0], comparison, arguments[1])
    case .comparison(let left, var comparison, let right):
      let ignoresCase = isWithoutCase(left) || isWithoutCase(right)
      var (first, second) = (meaning(left), meaning(right))
      // The value may come first: `/x/ = $e.principal.hostname`.
      if first.isRegex { swap(&first, &second) }
      if second.isName, bytes[second.span.lowerBound] == UInt8(ascii: "%") {
        comparison.modifiers.insert(.expand)
        // A column of a table: `%table.column`.
        second = Expression(.name, second.span)
      }
      result.kind = .comparison(first, comparison, second)
      return ignoresCase ? withoutCase(result) : result
    default: break
    }
    return result
  }

  /// Whether one of a call's arguments says so itself.
  private static func hasArgumentWithoutCase(_ call: Expression) -> Bool {
    if case .call(_, let arguments) = call.kind { arguments.contains(where: isWithoutCase) } else { false }
  }

  private static func isWithoutCase(_ part: Expression) -> Bool {
    if case .postfix(ignoringCase, _) = part.kind { true } else { false }
  }

  /// `nocase` has an effect on regular expressions only: other comparisons are the same in either case.
  private static func withoutCase(_ condition: Expression) -> Expression {
    var result = condition
    switch condition.kind {
    case .comparison(let left, var comparison, let right):
      if comparison.kind == .regex || right.isRegex { comparison.modifiers.insert(.ignoreCase) }
      result.kind = .comparison(left, comparison, right)
    case .infix(let operation, let parts): result.kind = .infix(operation, parts.map(withoutCase))
    case .prefix(let operation, let part): result.kind = .prefix(operation, withoutCase(part))
    default: break
    }
    return result
  }
}

extension Expression {
  fileprivate var isName: Bool {
    switch kind {
    case .name, .path: true
    default: false
    }
  }

  fileprivate var isRegex: Bool { if case .regex = kind { true } else { false } }
}
