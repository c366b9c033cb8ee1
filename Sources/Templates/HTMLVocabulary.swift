/// What HTML says of names, as far as pages depend on it (HTML Living Standard; the sections are named).
enum HTMLVocabulary {
  /// Elements without content or end tag (13.1.2, Elements).
  static let voidElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  /// Elements whose content a browser doesn't read as markup: nothing can be bound in them (13.1.2.1 and 13.2.6.4).
  static let rawTextElements: Set<String> = [
    "script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext",
  ]

  /// Elements in which white space counts, and at whose start one line end doesn't (13.1.2.5).
  static let preformattedElements: Set<String> = ["pre", "textarea", "listing"]

  /// Elements that are in a line of text, so that white space beside them shows (3.2.5.2.5, Phrasing content).
  static let inlineElements: Set<String> = [
    "a", "abbr", "audio", "b", "bdi", "bdo", "br", "button", "canvas", "cite", "code", "data", "del", "dfn", "em",
    "embed", "i", "iframe", "img", "input", "ins", "kbd", "label", "map", "mark", "math", "meter", "object", "output",
    "picture", "progress", "q", "ruby", "s", "samp", "select", "slot", "small", "span", "strong", "sub", "sup", "svg",
    "textarea", "time", "u", "var", "video", "wbr",
  ]

  /// Elements in which HTML allows no text, so that white space in them never shows.
  static let elementsWithoutText: Set<String> = [
    "html", "head", "ul", "ol", "menu", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "select",
    "optgroup", "datalist", "svg", "g", "defs",
  ]

  /// Attributes that take an address (Index, Attributes), those of old browsers and of SVG too.
  static let addressAttributes: Set<String> = [
    "action", "archive", "background", "cite", "classid", "codebase", "data", "formaction", "href", "icon", "itemid",
    "longdesc", "manifest", "ping", "poster", "profile", "src", "srcset", "imagesrcset", "usemap", "xlink:href",
  ]

  /// Attributes that are there or not (2.3.2, Boolean attributes).
  static let booleanAttributes: Set<String> = [
    "allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "default", "defer", "disabled",
    "formnovalidate", "hidden", "inert", "ismap", "itemscope", "loop", "multiple", "muted", "nomodule", "novalidate",
    "open", "playsinline", "readonly", "required", "reversed", "selected",
  ]

  /// Why nothing can be bound to an attribute, or nil when something can.
  static func reasonNotToBind(attribute name: String, of element: String) -> String? {
    if name.hasPrefix("on") { return "'\(name)' holds a script" }
    switch name {
    case "style": return "'style' holds a style sheet"
    case "srcdoc": return "'srcdoc' holds a page"
    case "http-equiv": return "'http-equiv' directs the browser"
    case "xmlns": return "'xmlns' isn't an attribute"
    // What an SVG animation sets may be an address.
    case "attributename", "from", "to", "by", "values":
      return ["animate", "animatemotion", "animatetransform", "set"].contains(element)
        ? "'\(name)' may set an address in '\(element)'" : nil
    default: return nil
    }
  }
}
