/// What ES|QL's functions test.
extension ESQL {
  static let lowering = Lowering(
    grammar,
    functions: [
      "starts_with": Lowering.Function(FieldComparison(.startsWith)),
      "ends_with": Lowering.Function(FieldComparison(.endsWith)),
      "contains": Lowering.Function(FieldComparison(.contains)),
      "cidr_match": Lowering.Function(FieldComparison(.cidr)),
      "mv_contains": Lowering.Function(FieldComparison(.eq, quantity: .all)),
      "match": word, "match_phrase": word, "term": word,
    ],
    transparent: words(
      """
      to_bool to_boolean to_cartesianpoint to_cartesianshape to_date_nanos to_datenanos to_datetime to_dbl to_double to_dt
      to_geopoint to_geoshape to_int to_integer to_ip to_long to_lower to_str to_string to_ul to_ulong to_unsigned_long
      to_upper to_ver to_version
      """),
    known: scalars.union(aggregations), times: ["now", "trange"], parameters: "?", bare: .truth)

  /// Options may follow the value.
  private static let word = Lowering.Function(FieldComparison(.contains, modifiers: .word), valueCount: 1)

  private static let scalars = words(
    """
    abs acos acosh asin asinh atan atan2 atanh bit_length bucket byte_length case categorize cbrt ceil chunk clamp clamp_max
    clamp_min coalesce concat copy_sign cos cosh date_diff date_extract date_format date_parse date_trunc date_unit_count
    day_name days_in_month decay e embedding exp extract_snippets field_extract floor from_base64 greatest hash hypot in_range
    ip_prefix json_extract knn kql least left length locate log log10 log1p ltrim md5 month_name multi_match mv_append mv_avg
    mv_concat mv_contains_all mv_count mv_dedupe mv_difference mv_first mv_intersection mv_intersects mv_last mv_max mv_median
    mv_median_absolute_deviation mv_min mv_percentile mv_pseries_weighted_sum mv_slice mv_sort mv_sum mv_union mv_zip
    network_direction pi pow qstr repeat replace reverse right round round_to rtrim scalb score sha1 sha256 signum sin sinh
    space split sqrt st_buffer st_contains st_dimension st_disjoint st_distance st_envelope st_geohash st_geohash_to_long
    st_geohash_to_string st_geohex st_geohex_to_long st_geohex_to_string st_geometrytype st_geotile st_geotile_to_long
    st_geotile_to_string st_intersects st_isempty st_npoints st_simplify st_within st_x st_xmax st_xmin st_y st_ymax st_ymin
    substring tan tanh tau tbucket text_embedding to_aggregate_metric_double to_base64 to_date_range to_dateperiod to_degrees
    to_dense_vector to_exponential_histogram to_geohash to_geohex to_geotile to_radians to_tdigest to_timeduration
    top_snippets trim url_decode url_encode url_encode_component v_cosine v_dot_product v_hamming v_l1_norm v_l2_norm
    v_magnitude
    """)

  private static let aggregations = words(
    """
    absent absent_over_time all_first all_last avg avg_over_time count count_distinct count_distinct_over_time
    count_over_time delta deriv earliest first first_over_time idelta increase irate last last_over_time latest max
    max_over_time median median_absolute_deviation min min_over_time percentile percentile_over_time present
    present_over_time rate sample sparkline st_centroid_agg st_extent_agg std_dev stddev stddev_over_time sum sum_over_time top
    values variance variance_over_time weighted_avg
    """)

  private static func words(_ list: String) -> Set<String> {
    Set(list.split { $0 == " " || $0.isNewline }.map(String.init))
  }
}
