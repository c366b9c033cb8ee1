package import Diagnostics

/// Checks that apply to any text file, before its content is interpreted.
extension CheckID {
  package static let fileTooLarge = CheckID(
    "file-too-large", .error,
    "The file is larger than 4 MiB, which no rule needs. Split it, leave it out with `exclude`, or raise `file-bytes` under `limits` in `ruledex.yml`."
  )
  package static let notUTF8 = CheckID(
    "not-utf8", .warning,
    "The file holds bytes that are not UTF-8; they are shown as U+FFFD. Save the file as UTF-8.")
  package static let notText = CheckID(
    "not-text", .error,
    "The file is not text that can be read. Save it as UTF-8 without zero bytes.")
  package static let forbiddenCharacter = CheckID(
    "forbidden-character", .warning,
    "XML forbids this character; it is shown as U+FFFD. Remove it from the file.")
  package static let bidirectionalControl = CheckID(
    "bidirectional-control", .warning,
    "The text holds a control character that can make it read otherwise than it is; it is shown as an escape. Remove it unless you want it there."
  )
  package static let yamlSyntax = CheckID(
    "yaml-syntax", .error,
    "The file is not well-formed YAML. Fix the place that the message names.")
  package static let tomlSyntax = CheckID(
    "toml-syntax", .error,
    "The file is not well-formed TOML. Fix the place that the message names.")
  package static let jsonSyntax = CheckID(
    "json-syntax", .error,
    "The file is not well-formed JSON. Fix the place that the message names.")
  package static let yamlDepth = CheckID(
    "yaml-depth", .error,
    "The YAML is nested more than 64 deep, which no rule needs. Flatten it, or raise `nesting` under `limits` in `ruledex.yml`."
  )
  package static let tomlDepth = CheckID(
    "toml-depth", .error,
    "The tables and lists of the TOML are nested more than 64 deep, which no rule needs. Flatten them, or raise `nesting` under `limits` in `ruledex.yml`."
  )
  package static let jsonDepth = CheckID(
    "json-depth", .error,
    "The JSON is nested more than 64 deep, which no rule needs. Flatten it, or raise `nesting` under `limits` in `ruledex.yml`."
  )
  package static let yamlAliases = CheckID(
    "yaml-aliases", .error,
    "The aliases unfold to more than 4 MiB, or to themselves. Write the values out, or raise `alias-bytes` under `limits` in `ruledex.yml`."
  )
  package static let yamlDuplicateKey = CheckID(
    "yaml-duplicate-key", .error,
    "A key is in one map twice; only the last one holds. Rename or remove one of them.")
  package static let yamlTag = CheckID(
    "yaml-tag", .warning,
    "A value starts with `!` or `&`, which YAML reads as a tag or an anchor and not as text. Put the value in single quotes."
  )
  package static let workLimit = CheckID(
    "work-limit", .error,
    "Reading the file takes far more work than others of its size, as when thousands of documents repeat a large one; its rules are left out. Split it, or raise `work` under `limits` in `ruledex.yml`."
  )
}
