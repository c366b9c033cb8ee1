import RuleModel

/// The words of the language (Splunk's Search Reference).
extension SPL {
  /// Fields that say where events are, not what they are.
  static let places: Set = ["index", "source", "sourcetype", "eventtype", "tag", "earliest", "latest"]
  /// Other words of `search` that are compared like fields, but restrict the time or the place.
  static let settings: Set = [
    "_index_earliest", "_index_latest", "starttime", "endtime", "starttimeu", "endtimeu", "startdaysago", "enddaysago",
    "starthoursago", "endhoursago", "startminutesago", "endminutesago", "startmonthsago", "endmonthsago",
    "searchtimespanhours",
    "searchtimespandays", "searchtimespanminutes", "searchtimespanmonths", "daysago", "hoursago", "minutesago",
    "monthsago",
    "timeformat", "splunk_server", "splunk_server_group", "savedsearch", "eventtypetag", "hosttag",
  ]

  static let searchLowering = Lowering(search, bare: .keyword(star), wordsAreValues: true)

  static let lowering = Lowering(
    grammar,
    functions: [
      "like": Lowering.Function(FieldComparison(.eq, form: percent)), "in": Lowering.Function(FieldComparison(.eq)),
      "isnull": Lowering.Function(FieldComparison(.isNull), value: ""),
      "isnotnull": Lowering.Function(FieldComparison(.exists), value: "true"),
    ],
    transparent: ["lower", "upper", "tostring", "tonumber"], known: functions,
    times: ["now", "time", "relative_time", "strptime"], bare: .truth)

  private static let functions = words(
    """
    abs acos acosh asin asinh atan atan2 atanh bit_and bit_not bit_or bit_shift_left bit_shift_right bit_xor case ceil ceiling
    cidrmatch coalesce commands cos cosh exact exp false floor getfields hypot if ipmask isarray isbool isdouble isint ismv isnum
    isobject isstr ismultivalue json json_append json_array json_array_to_mv json_delete json_entries json_extend json_extract
    json_extract_exact json_has_key_exact json_keys json_object json_set json_set_exact json_valid len ln log lookup ltrim
    match max md5 min mvappend mvcount mvdedup mvfilter mvfind mvindex mvjoin mvmap mvrange mvreverse mvsort mvzip null
    nullif pi pow printf random replace round rtrim searchmatch sha1 sha256 sha512 sigfig sin sinh spath split sqrt
    strftime substr sum tan tanh toarray tobool todouble toint tojson tomv toobject trim true typeof urldecode validate avg count
    isfield mktime dc values list object_to_array
    """)

  /// Commands that make fields of the results of functions: `stats count(x) AS y BY z`.
  static let aggregations = words(
    """
    stats eventstats streamstats chart timechart sistats sichart sitimechart geostats tstats mstats mcatalog sitop sirare
    """)

  /// Commands whose arguments contain expressions, in which a name may be between single quotes.
  static let expressionCommands = aggregations.union(["where", "eval", "fieldformat"])

  /// Commands that begin a search. In a subsearch no pipe comes before them.
  static let generators = words(
    """
    search tstats mstats mcatalog from datamodel inputlookup inputcsv makeresults rest metadata metasearch pivot savedsearch
    loadjob dbinspect eventcount gentimes multisearch union set history typeahead walklex audit dbxquery append
    """)

  /// Whether a word in lower case is a command.
  static func isCommand(_ word: String) -> Bool { commands.contains(word) }

  private static let commands = aggregations.union(generators).union(filters).union(otherCommands)

  /// Commands that filter by tests, define names, or hold other searches.
  private static let filters = words(
    "where regex eval rename rex join selfjoin appendcols appendpipe map foreach transaction")

  /// Commands that neither filter by tests nor define names.
  private static let otherCommands = words(
    """
    abstract addcoltotals addinfo addtotals analyzefields anomalies anomalousvalue anomalydetection apply appendcsv arules
    associate audit autoregress awssnsalert bin bucket bucketdir cluster cofilter collapse collect concurrency contingency
    convert correlate createrss ctable curl dbinspect dbxlookup dbxoutput dbxquery dedup delete delta diff
    dump entitymerge erex eventcount expand extract fieldformat fields fieldsummary filldown fillnull findtypes fit
    flatten folderize format fromjson fuzzmatch gauge gentimes geom geomfilter getworkflow head highlight history iconify
    inputintelligence iplocation into jsontocsv kmeans kv kvform listmodels loadjob localize localop lookup makecontinuous
    makemv makeresults mcollect metadata meventcollect multikv mvcombine mvexpand nomv nslookup outlier outputcsv
    outputlookup outputtelemetry outputtext overlap predict rangemap redistribute reltime replace require rest return
    reverse rtorder runshellscript sample savedsearch score script scrub searchtxn sendalert sendemail setfields sort spath
    stix strcat summary table tags tail timewrap tojson trendline tscollect typeahead typelearner typer uniq untable
    walklex x11 xmlkv xmlunescape xpath xyseries transpose accum top rare threatlookup dnslookup pivot ut_parse
    ut_parse_extended ut_shannon ut_levenshtein deletemodel
    """)

  static func words(_ text: String) -> Set<String> { Set(text.split { $0 == " " || $0 == "\n" }.map(String.init)) }
}
