import Analysis
import RuleModel
import XML

/// `feed.xml`: the most recently changed rules, for feed readers (Atom, RFC 4287).
///
/// - The fifty rules with the latest `modified`, or `date` if they lack it; then by key. Rules without a date are left
///   out: nothing says when they changed, and using a clock would give different bytes each day.
/// - Dates are days: `updated` is the day's first second in UTC.
/// - A rule's id (section 4.2.6) is its own UUID as a URN, which stays the same when the site moves. If it has none, or
///   shares it, the id is a UUID made from the feed's id and the rule's key.
/// - The feed's id is made from the base URL, or from the site's title if there is none.
/// - With a base URL links are absolute. Without one they are relative (section 4.2.7.1 asks for an IRI reference) to
///   the address that the feed was fetched from (RFC 3986, section 5.1.3): `xml:base` would add nothing.
/// - Control characters that change the direction of text are shown as `[U+202E]`, since feed readers show titles to
///   people.
func atomFeed(_ content: ReportContent) -> [UInt8] {
  let entries = latest(50, of: content.index.rules)
  let feedID = NamedUUID(of: content.baseURL ?? "ruledex:\(content.title)", in: .addresses)
  let shared = sharedIDs(of: content.index.rules)
  return xmlDocument { xml in
    xml.start("feed")
    xml.attribute("xmlns", "http://www.w3.org/2005/Atom")
    xml.element("id", text: "urn:uuid:\(feedID)")
    xml.element("title", text: shownText(content.title))
    xml.element("subtitle", text: "The detection rules changed last")
    // Required even if no rule has a date.
    xml.element("updated", text: entries.first.map { instant($0.day) } ?? "1970-01-01T00:00:00Z")
    // Required for entries of rules without an author.
    xml.element("author") { $0.element("name", text: shownText(content.title)) }
    xml.element("link", ["rel": "self", "type": "application/atom+xml", "href": content.address("feed.xml")])
    xml.element("link", ["rel": "alternate", "type": "text/html", "href": content.address("index.html")])
    xml.element("generator", text: content.generator)
    for (number, day) in entries {
      let rule = content.index.rules[number]
      let own = rule.id.flatMap(uuid).flatMap { shared.contains($0) ? nil : $0 }
      xml.start("entry")
      xml.element("id", text: "urn:uuid:\(own ?? "\(NamedUUID(of: rule.key.description, in: feedID))")")
      xml.element("title", text: shownText(rule.title))
      xml.element("link", ["rel": "alternate", "type": "text/html", "href": content.address(content.page(number))])
      xml.element("updated", text: instant(day))
      if let date = rule.date { xml.element("published", text: instant(date)) }
      for author in rule.authors { xml.element("author") { $0.element("name", text: shownText(author)) } }
      if let level = rule.level {
        xml.element("category", ["term": level.rawValue, "label": "level \(level.rawValue)"])
      }
      for technique in content.index.attack[number].techniques {
        xml.element(
          "category",
          [
            "term": technique.description, "scheme": "https://attack.mitre.org/techniques/",
            "label": content.matrix.technique(technique).map { "\(technique) \($0.name)" },
          ])
      }
      if let description = rule.description { xml.element("summary", text: shownText(description)) }
      xml.end()
    }
    xml.end()
  }
}

extension ReportContent {
  /// The address of another file for one at the site's root; `path` needs no percent-encoding.
  fileprivate func address(_ path: String) -> String { (baseURL ?? "") + path }
}

/// The most recently changed rules, with the day of the change.
private func latest(_ count: Int, of rules: RuleColumn<Rule>) -> [(number: RuleID, day: CalendarDate)] {
  let dated = rules.indices.compactMap { number in (rules[number].modified ?? rules[number].date).map { (number, $0) } }
  // Rules are sorted by key, so this orders those of the same day by key.
  return Array(dated.sorted { $0.1 != $1.1 ? $1.1 < $0.1 : $0.0 < $1.0 }.prefix(count))
}

/// The UUIDs that several rules have as their id.
private func sharedIDs(of rules: RuleColumn<Rule>) -> Set<String> {
  var seen: Set<String> = []
  var shared: Set<String> = []
  for id in rules.lazy.compactMap({ $0.id.flatMap(uuid) }) where !seen.insert(id).inserted { shared.insert(id) }
  return shared
}

/// The text as a UUID in lower case; nil if it isn't one (RFC 9562, section 4).
private func uuid(_ text: String) -> String? {
  let bytes = Array(text.utf8)
  let isUUID =
    bytes.count == 36
    && bytes.indices.allSatisfy { at in
      [8, 13, 18, 23].contains(at) == (bytes[at] == UInt8(ascii: "-"))
        && (bytes[at] == UInt8(ascii: "-") || Unicode.Scalar(bytes[at]).properties.isASCIIHexDigit)
    }
  return isUUID ? text.lowercased() : nil
}

private func instant(_ day: CalendarDate) -> String { "\(day)T00:00:00Z" }
