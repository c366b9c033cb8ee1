import RuleModel

/// What rules use of Python's standard library and of Panther's, as far as it changes what a test means.
///
/// - SeeAlso: The Python Standard Library; Panther's documentation, "Python globals" and "Event object functions".
enum PythonLibrary {
  /// Functions that Panther documents: the repository's base helpers may define them.
  private static let accessors: Set = ["deep_get", "deep_walk"]

  /// Whether a function of a module that the repository doesn't have is one of these.
  static func isAccessor(_ name: String, of module: String) -> Bool {
    accessors.contains(name) && accessorModules.contains(String(module.prefix { $0 != "." }))
  }

  /// Whether a function of the repository takes what the documented one does: a value, any number of keys, and a default.
  /// What its text says takes more than one can follow without running it.
  static func isAccessor(_ function: PythonFunction) -> Bool {
    accessors.contains(function.name) && function.parameters.first?.kind == .ordinary
      && function.parameters.contains { $0.kind == .remainingValues }
      && function.parameters.contains { $0.name == "default" }
  }

  private static let accessorModules: Set = ["panther_base_helpers", "panther_core", "panther_detection_helpers"]

  /// Functions and methods whose result is tested as what they are given is: they change only type or case.
  static let transparent: Set = [
    "bytes", "casefold", "copy", "float", "frozenset", "int", "list", "lower", "set", "sorted", "str", "tuple", "upper",
    "json.dumps", "json.loads", "copy.copy", "copy.deepcopy", "ipaddress.ip_address", "ipaddress.IPv4Address",
    "ipaddress.IPv6Address", "dict", "reversed", "iter",
  ]

  /// Methods that change the list, the set or the dictionary that they are called on.
  static let changes: Set = [
    "add", "append", "clear", "difference_update", "discard", "extend", "insert", "intersection_update", "pop",
    "popitem", "remove", "reverse", "setdefault", "sort", "symmetric_difference_update", "update",
  ]

  static let networks: Set = ["ipaddress.ip_network", "ipaddress.IPv4Network", "ipaddress.IPv6Network"]

  /// Functions that search for a regular expression, and the methods of a compiled one.
  static let searches: Set = ["re.search", "re.match", "re.fullmatch", "re.findall", "re.finditer"]

  /// What the flags of `re` add to a test; others change nothing that a test says.
  static let flags: [String: TestModifiers] = [
    "re.I": .ignoreCase, "re.IGNORECASE": .ignoreCase, "re.M": .multiline, "re.MULTILINE": .multiline, "re.S": .dotAll,
    "re.DOTALL": .dotAll,
  ]

  /// Methods of texts, lists and the like whose result no test can express.
  static let worked: Set = [
    "capitalize", "center", "count", "decode", "difference", "encode", "event_time_epoch", "expandtabs", "find",
    "format", "get_or", "group", "groups", "hex", "hexdigest", "index", "isalnum", "isalpha", "isascii", "isdecimal",
    "isdigit", "isnumeric", "isoformat", "isspace", "issuperset", "items", "join", "keys", "ljust", "lookup", "lstrip",
    "partition", "pop", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit",
    "rstrip", "split", "splitlines", "strftime", "strip", "subnet_of", "swapcase", "symmetric_difference", "timestamp",
    "title", "total_seconds", "translate", "udm_path", "union", "values", "zfill", "overlaps", "date", "time",
    "timetuple", "astimezone", "quantize", "original_path",
  ]

  /// Attributes of what `ipaddress` and `datetime` make of a value.
  static let attributes: Set = [
    "is_private", "is_global", "is_loopback", "is_multicast", "is_reserved", "is_link_local", "is_unspecified",
    "version", "year", "month", "day", "hour", "minute", "second", "seconds", "days",
  ]

  static func isBuiltIn(_ name: String) -> Bool { builtIns.contains(name) }

  private static let builtIns: Set = [
    "abs", "all", "any", "ascii", "bin", "bool", "bytearray", "bytes", "chr", "dict", "divmod", "enumerate", "filter",
    "float", "format", "frozenset", "getattr", "hasattr", "hash", "hex", "int", "isinstance", "issubclass", "iter",
    "len", "list", "map", "max", "min", "next", "object", "oct", "ord", "pow", "print", "range", "repr", "reversed",
    "round", "set", "slice", "sorted", "str", "sum", "tuple", "type", "zip",
  ]

  /// Whether a dotted name is of a library whose functions work something out.
  static func isKnown(_ name: String) -> Bool { modules.contains(String(name.prefix { $0 != "." })) }

  /// Python's own, and those that Panther's documentation says its rules can import.
  private static let modules: Set = [
    "base64", "binascii", "bisect", "boto3", "botocore", "calendar", "collections", "contextlib", "copy", "datetime",
    "dateutil", "decimal", "difflib", "enum", "fnmatch", "functools", "hashlib", "hmac", "html", "http", "ipaddress",
    "itertools", "json", "jsonpath_ng", "logging", "math", "operator", "os", "panther_core",
    "panther_detection_helpers", "policyuniverse", "posixpath", "pytz", "random", "re", "requests", "secrets", "shlex",
    "socket", "statistics", "string", "struct", "textwrap", "time", "typing", "unicodedata", "unittest", "urllib",
    "uuid", "zlib", "zoneinfo",
  ]
}
