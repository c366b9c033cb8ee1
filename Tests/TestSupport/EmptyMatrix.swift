/// The data of an ATT&CK matrix without any content.
public let emptyMatrix = Array(
  """
  {"format": 1, "domain": "enterprise-attack", "version": "1.0", "notice": "n", "tactics": [], "techniques": [],
   "groups": [], "campaigns": [], "software": [], "dataComponents": [], "logSources": [], "strategies": []}
  """.utf8)
