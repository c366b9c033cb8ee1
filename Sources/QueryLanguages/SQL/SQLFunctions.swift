/// The functions of SQL as osquery, Snowflake, Databricks and Panther have them, by name in lower case.
enum SQLFunctions {
  /// They change only type or case.
  static let transparent: Set = [
    "as_array", "as_boolean", "as_char", "as_integer", "as_object", "as_varchar", "cast", "lcase", "lower",
    "parse_json",
    "to_array", "to_boolean", "to_char", "to_decimal", "to_double", "to_json", "to_number", "to_numeric", "to_object",
    "to_varchar", "to_variant", "try_cast", "try_parse_json", "try_to_boolean", "try_to_decimal", "try_to_double",
    "try_to_number", "ucase", "upper",
  ]

  static let times: Set = [
    "add_months", "convert_timezone", "current_date", "current_time", "current_timestamp", "date", "date_add",
    "date_diff",
    "date_format", "date_from_parts", "date_part", "date_sub", "date_trunc", "dateadd", "datediff", "datetime",
    "dayname", "dayofmonth", "dayofweek", "dayofyear", "extract", "from_unixtime", "getdate", "hour", "julianday",
    "last_day", "minute", "month", "monthname", "next_day", "now", "p_after", "p_before", "p_current_timestamp",
    "p_occurs_after",
    "p_occurs_around", "p_occurs_before", "p_occurs_between", "p_occurs_on", "p_occurs_since", "second", "strftime",
    "sysdate", "systimestamp", "time", "time_slice", "timeadd", "timediff", "timestamp", "timestampadd",
    "timestampdiff",
    "to_date", "to_time", "to_timestamp", "to_timestamp_ltz", "to_timestamp_ntz", "to_timestamp_tz", "try_to_date",
    "try_to_timestamp", "unix_timestamp", "unixepoch", "week", "weekofyear", "year",
  ]

  /// Others, whose results no test can express.
  static let known: Set = [
    "abs", "aggregate", "any_value", "approx_count_distinct", "approx_percentile", "approx_top_k", "array", "array_agg",
    "array_append", "array_cat", "array_compact", "array_construct", "array_construct_compact", "array_contains",
    "array_distinct", "array_except", "array_flatten", "array_intersection", "array_join", "array_max", "array_min",
    "array_position", "array_size", "array_slice", "array_sort", "array_sum", "array_to_string", "array_union_agg",
    "array_unique_agg", "arrays_overlap", "arrays_to_object", "ascii", "avg", "base64_decode_binary",
    "base64_decode_string", "base64_encode", "bitand", "bitor", "bool_and", "boolor_agg", "booland_agg", "case", "ceil",
    "ceiling", "char", "char_length", "charindex", "chr", "coalesce", "collate", "collect_list", "collect_set",
    "concat",
    "concat_ws", "contains_key", "conv", "corr", "count", "count_if", "cume_dist", "decode", "dense_rank", "div0",
    "div0null", "editdistance", "element_at", "equal_null", "exists", "exp", "explode", "filter", "first",
    "first_value",
    "flatten", "floor", "forall", "format", "format_number", "generator", "get", "get_ignore_case", "get_json_object",
    "get_path", "glob", "greatest", "group_concat", "grouping", "haversine", "hash", "hex", "hex_decode_string",
    "hex_encode", "if", "iff", "ifnull", "iif", "ilike", "inet_aton", "initcap", "insert", "instr", "is_array",
    "is_boolean", "is_null_value", "is_object", "isnotnull", "isnull", "jarowinkler_similarity", "json_extract",
    "json_extract_path_text", "json_tuple", "kurtosis", "lag", "last", "last_value", "lateral", "lead", "least", "left",
    "len", "length", "like", "listagg", "ln", "locate", "log", "log10", "log2", "lpad", "ltrim", "map", "map_keys",
    "map_values", "max", "max_by", "md5", "median", "min", "min_by", "mod", "mode", "ntile", "nth_value", "nullif",
    "nullifzero", "nvl", "nvl2", "object_agg", "object_construct", "object_construct_keep_null", "object_delete",
    "object_insert", "object_keys", "object_pick", "octet_length", "p_any", "parse_ip", "parse_url", "percent_rank",
    "percentile", "percentile_cont", "percentile_disc", "pi", "position", "pow", "power", "printf", "radians", "random",
    "rank", "ratio_to_report", "regex_match", "regex_split", "regexp_count", "regexp_extract", "regexp_extract_all",
    "regexp_instr", "regexp_replace", "regexp_substr", "regexp_substr_all", "repeat", "replace", "reverse", "right",
    "round", "row_number", "rpad", "rtrim", "sequence", "sha1", "sha2", "sha256", "sign", "size", "skewness", "slice",
    "snowflake.cortex.complete", "sort_array", "split", "split_part", "split_to_table", "sqrt", "stddev", "stddev_pop",
    "stddev_samp", "strip_null_value", "strtok", "strtok_to_array", "struct", "substr", "substring", "sum", "table",
    "to_binary", "total", "transform", "translate", "trim", "trunc", "truncate", "typeof", "unicode", "uniform",
    "unnest", "unzip", "uuid_string", "value", "values", "var_pop", "var_samp", "variance", "version_compare",
    "width_bucket", "zeroifnull", "zipf",
  ]
}
