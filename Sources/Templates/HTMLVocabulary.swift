/// What HTML specifies for names, as far as it affects pages (HTML Living Standard; the sections are given).
package enum HTMLVocabulary {
  /// Elements without content or end tag (13.1.2, Elements).
  package static let voidElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  /// Elements whose content a browser doesn't parse as markup: nothing can be bound in them (13.1.2.1 and 13.2.6.4).
  static let rawTextElements: Set<String> = [
    "script", "style", "xmp", "iframe", "noembed", "noframes", "plaintext",
  ]

  /// Elements that preserve white space, except for one line end at the start (13.1.2.5).
  static let preformattedElements: Set<String> = ["pre", "textarea", "listing"]

  /// Inline elements, next to which white space is visible (3.2.5.2.5, Phrasing content).
  static let inlineElements: Set<String> = [
    "a", "abbr", "audio", "b", "bdi", "bdo", "br", "button", "canvas", "cite", "code", "data", "del", "dfn", "em",
    "embed", "i", "iframe", "img", "input", "ins", "kbd", "label", "map", "mark", "math", "meter", "object", "output",
    "picture", "progress", "q", "ruby", "s", "samp", "select", "slot", "small", "span", "strong", "sub", "sup", "svg",
    "textarea", "time", "u", "var", "video", "wbr",
  ]

  /// Elements in which HTML allows no text, so that white space in them is never visible.
  static let elementsWithoutText: Set<String> = [
    "html", "head", "ul", "ol", "menu", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup", "select",
    "optgroup", "datalist", "svg", "g", "defs",
  ]

  /// Attributes that hold an address (Index, Attributes), including obsolete ones and those of SVG.
  static let addressAttributes: Set<String> = [
    "action", "archive", "background", "cite", "classid", "codebase", "data", "formaction", "href", "icon", "itemid",
    "longdesc", "manifest", "ping", "poster", "profile", "src", "srcset", "imagesrcset", "usemap", "xlink:href",
  ]

  /// Attributes that are either present or absent (2.3.2, Boolean attributes).
  static let booleanAttributes: Set<String> = [
    "allowfullscreen", "async", "autofocus", "autoplay", "checked", "controls", "default", "defer", "disabled",
    "formnovalidate", "hidden", "inert", "ismap", "itemscope", "loop", "multiple", "muted", "nomodule", "novalidate",
    "open", "playsinline", "readonly", "required", "reversed", "selected",
  ]

  /// Why an attribute can't be bound; nil if it can.
  static func reasonNotToBind(attribute name: String, of element: String) -> String? {
    if name.hasPrefix("on") { return "'\(name)' holds a script" }
    switch name {
    case "style": return "'style' holds a style sheet"
    case "srcdoc": return "'srcdoc' holds a page"
    case "http-equiv": return "'http-equiv' directs the browser"
    case "xmlns": return "'xmlns' isn't an attribute"
    // An SVG animation may set an attribute that holds an address.
    case "attributename", "from", "to", "by", "values":
      return ["animate", "animatemotion", "animatetransform", "set"].contains(element)
        ? "'\(name)' may set an address in '\(element)'" : nil
    default: return nil
    }
  }
}
