import Diagnostics

extension TemplateElement {
  /// Problems of statements that can't be combined on an element, can't be used here, or can't be bound at all.
  ///
  /// - Parameter isInMacroUse: whether it is in an element that uses a macro, but outside the fillings of its slots.
  func contradictions(isInMacroUse: Bool) -> [Diagnostic] {
    var found: [Diagnostic] = []
    func report(_ location: SourceLocation, _ message: String) {
      found.append(Diagnostic(.template, at: location, message))
    }

    if let binding = statements.attributes.first, isBlock {
      report(
        binding.attribute.location(binding.offset),
        "an element of TAL or METAL has no tag to bind attributes to; use an HTML element")
    }
    let lost = statements.content?.attribute ?? statements.attributes.first?.attribute ?? statements.omitTag?.attribute
    if let (macro, _) = statements.useMacro, let lost {
      report(
        lost.location(),
        """
        the macro '\(macro.name)' takes the place of this element; move the statement to an element around it, \
        or into the macro
        """)
    }
    if let (slot, attribute) = statements.fillSlot, !isInMacroUse {
      report(
        attribute.location(),
        "no macro used here has a slot '\(slot)'; move it into an element with 'metal:use-macro'")
    }
    if isVoid, !children.isEmpty || (statements.content != nil && !statements.replacesElement) {
      report(location, "'\(name)' can't have content; remove it")
    }
    if isRawText, let (_, attribute) = statements.content, !statements.replacesElement {
      report(
        attribute.location(),
        "nothing can be bound inside '\(name)'; bind a 'data-' attribute, which a script can read")
    }
    return found + bindingContradictions
  }

  private var bindingContradictions: [Diagnostic] {
    var seen: Set<String> = []
    return statements.attributes.compactMap { binding in
      let name = binding.name.lowercased()
      let message: String
      if !isBindable(binding.name) {
        message = "'\(binding.name)' isn't an attribute name; write letters, digits and '-'"
      } else if let reason = HTMLVocabulary.reasonNotToBind(attribute: name, of: self.name.lowercased()) {
        message = "\(reason), and nothing can be bound to it; use a class or a 'data-' attribute"
      } else if name == "content", attributes.contains(where: { $0.name.lowercased() == "http-equiv" }) {
        message = "'content' directs the browser here, and nothing can be bound to it; write it out"
      } else if !seen.insert(name).inserted {
        message = "'\(binding.name)' is bound twice; remove one of them"
      } else {
        return nil
      }
      return Diagnostic(.template, at: binding.attribute.location(binding.offset), message)
    }
  }

  private func isBindable(_ name: String) -> Bool {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return isName(name)
    case 2: return ["xml", "xlink"].contains(parts[0]) && isName(parts[1])
    default: return false
    }
  }
}
