import RuleModel

/// What the language's names mean for tests.
extension Kusto {
  static let truths: Set<String> = ["true", "false", "True", "False", "TRUE", "FALSE"]
  static let timeUnits: Set<String> = [
    "d", "day", "days", "h", "hr", "hrs", "hour", "hours", "m", "min", "minute", "minutes", "s", "sec", "second",
    "seconds", "ms", "milli", "millis", "millisecond", "milliseconds", "micro", "micros", "microsecond", "microseconds",
    "tick", "ticks", "nano", "nanos", "nanosecond", "nanoseconds",
  ]

  // MARK: Commands

  /// Parameters that can precede a command's operands.
  static let parameters: Set<String> = [
    "kind", "isfuzzy", "withsource", "with_source", "flags", "bagexpansion", "with_itemindex", "id", "with_match_id",
    "with_step_name", "decodeblocks", "on_error", "cycles",
  ]
  /// Commands that test nothing and don't change the columns, or whose columns aren't needed.
  static let otherCommands: Set<String> = [
    "sort", "order", "take", "limit", "top", "sample", "render", "project-reorder", "consume", "assert-schema",
    "execute-and-cache", "graph-match", "make-graph", "graph-to-table", "graph-shortest-paths", "graph-mark-components",
    "graph-where-nodes", "graph-where-edges", "macro-expand", "extract-xml", "project-smart",
  ]

  // MARK: Functions

  /// They change only type or case, so a test of the result is a test of the field. In lower case.
  static let transparent: Set<String> = [
    "tostring", "tolower", "toupper", "toint", "tolong", "todouble", "toreal", "todecimal", "tobool", "toboolean",
    "todynamic", "toobject", "toguid", "parse_json", "parsejson", "column_ifexists", "columnifexists", "int", "long",
    "real", "double", "decimal", "bool", "boolean", "string",
  ]
  static let presence: [String: (TestKind, value: String)] = [
    "isnotempty": (.exists, "true"), "isnotnull": (.exists, "true"), "notempty": (.exists, "true"),
    "notnull": (.exists, "true"), "isempty": (.isNull, ""), "isnull": (.isNull, ""),
  ]
  static let networks: Set<String> = [
    "ipv4_is_in_range", "ipv4_is_in_any_range", "ipv6_is_in_range", "ipv6_is_in_any_range", "ipv4_is_match",
    "ipv6_is_match",
  ]
  /// They return points in time or durations.
  static let times: Set<String> = words(
    """
    ago now todatetime totime totimespan datetime_add datetime_local_to_utc datetime_utc_to_local make_datetime make_timespan startofday startofweek startofmonth
    startofyear endofday endofweek endofmonth endofyear unixtime_seconds_todatetime unixtime_milliseconds_todatetime
    unixtime_microseconds_todatetime unixtime_nanoseconds_todatetime ingestion_time datetime_list_timezones
    """)
  /// Aggregations that return columns of a single row unchanged.
  static let passingAggregations: Set<String> = ["arg_max", "arg_min", "argmax", "argmin", "take_any", "take_anyif"]

  /// Whether a call returns rows, where either rows or a value may be.
  static func isTableFunction(_ name: String) -> Bool {
    let name = name.lowercased()
    return tables.contains(name) || !isKnown(name)
  }

  private static let tables: Set<String> = [
    "materialize", "view", "table", "external_table", "materialized_view", "stored_query_result", "_getwatchlist",
    "_asim_getwatchlistraw",
  ]

  /// Whether the language has a function with this name in lower case.
  static func isKnown(_ name: String) -> Bool {
    transparent.contains(name) || presence[name] != nil || networks.contains(name) || times.contains(name)
      || passingAggregations.contains(name) || others.contains(name) || tables.contains(name)
      || name.hasPrefix("series_") || name.hasPrefix("geo_")
  }

  private static let others: Set<String> = words(
    """
    abs acos array_concat array_iff array_iif array_index_of array_length array_reverse array_rotate_left array_rotate_right
    array_shift_left array_shift_right array_slice array_sort_asc array_sort_desc array_split array_sum asin assert atan atan2 avg avgif
    bag_has_key bag_keys bag_merge bag_pack bag_pack_columns bag_remove_keys bag_set_key bag_zip base64_decode_toarray
    base64_decode_toguid base64_decode_tostring base64_encode_fromarray base64_encode_fromguid base64_encode_tostring base64_decodestring
    base64_encodestring beta_cdf beta_inv beta_pdf bin bin_at bin_auto binary_all_and binary_all_or binary_all_xor binary_and binary_not
    binary_or binary_shift_left binary_shift_right binary_xor bitset_count_ones buildschema case ceiling coalesce convert_angle
    convert_energy convert_force convert_length convert_mass convert_speed convert_temperature convert_volume cos cot count count_distinct
    count_distinctif countif countof current_cluster_endpoint current_database current_principal current_principal_details
    current_principal_is_member_of cursor_after datetime_diff datetime_part dayofmonth dayofweek dayofyear dcount dcount_hll dcount_intersect
    dcountif degrees dynamic dynamic_to_json erf erfc estimate_data_size exp exp10 exp2 extent_id extent_tags extract extract_all
    extract_json extractall extractjson floor format_bytes format_datetime format_ipv4 format_ipv4_mask format_timespan gamma getmonth gettype
    getyear getschema gzip_compress_to_base64_string gzip_decompress_from_base64_string h3_cell has_any_index has_any_ipv4
    has_any_ipv4_prefix has_ipv4 has_ipv4_prefix hash hash_combine hash_many hash_md5 hash_sha1 hash_sha256 hash_xxhash64 hll hll_if
    hll_merge hourofday iff iif indexof indexof_regex ipv4_compare ipv4_is_private ipv4_netmask_suffix ipv4_range_to_cidr_list
    ipv6_compare isascii isfinite isinf isnan isutf8 jaccard_index log log10 log2 loggamma lookup make_bag make_bag_if make_list
    make_list_if make_list_with_nulls make_set make_set_if make_string makelist makeset max maxif max_of merge_tdigest min minif
    min_of monthofyear new_guid next not pack pack_all pack_array pack_dictionary parse_command_line parse_csv parse_ipv4 parse_ipv4_mask
    parse_ipv6 parse_ipv6_mask parse_path parse_url parse_urlquery parse_user_agent parse_version parse_xml percentile percentilew
    percentiles percentiles_array percentilesw percentrank_tdigest percentile_tdigest pi pow prev punycode_domain_from_string punycode_from_string
    punycode_to_string punycode_domain_to_string quarter radians rand range rank_tdigest regex_quote repeat replace replace_regex replace_string
    replace_strings reverse round row_cumsum row_number row_rank_dense row_rank_min row_window_session set_difference set_equals
    set_has_element set_intersect set_union sign sin split sqrt stdev stdevif stdevp strcat strcat_array strcat_delim strcmp string_size
    strlen strrep substring sum sumif tan tdigest tdigest_merge tohex toscalar translate treepath trim trim_end trim_start
    unicode_codepoints_from_string unicode_codepoints_to_string url_decode url_encode url_encode_component variance varianceif variancep
    variancepif week_of_year weekofyear typeof arraylength welch_test zip zlib_compress_to_base64_string zlib_decompress_from_base64_string any anyif activity
    around covariance covarianceif covariancep covariancepif corr bag any_value graph_path data_stored parsejson
    fileprofile seenby deviceprofile identityinfo toint isreference
    ipv4_lookup ipv6_lookup bag_unpack pivot autocluster basket diffpatterns narrow preview python r rolling_percentile
    session_count sequence_detect sliding_window_counts active_users_count activity_counts_metrics activity_engagement activity_metrics
    new_activity_metrics funnel_sequence funnel_sequence_completion funnel_analysis infer_storage_schema
    infer_storage_schema_with_suggestions schema_merge http_request http_request_post sql_request cosmosdb_sql_request mysql_request
    postgresql_request azure_digital_twins_query_request dcount_intersect ai_chat_completion ai_chat_completion_prompt ai_embed_text
    ai_embeddings estimate_rows_count execute_query identity rows_near
    all array_strcat column_names_of current_cursor current_node_id cursor_before_or_at cursor_current datepart extentid hll_isvalid
    inner_nodes iscolumnexists labels make_dictionary map node_degree_in node_degree_out node_id parseurl parseurlquery
    percentiles_array_tdigest percentilesw_array row_id row_rank rowstore_ordinal_range tdigest_isvalid to_utf8
    """)

  private static func words(_ text: String) -> Set<String> {
    Set(text.split { $0 == " " || $0 == "\n" }.map(String.init))
  }
}
