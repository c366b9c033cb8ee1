import RuleModel
import TestSupport
import Testing

/// What of a rule is logic and no test.
@Suite struct LogicTests {
  @Test(arguments: [
    // Steps of a sequence.
    (
      "query = 'sequence by host.id [process where true] by process.entity_id [file where true] by process.pid'",
      "by process.pid", "by process.parent.pid"
    ),
    ("query = 'sequence by host.id [process where true] with runs=25 [file where true]'", "runs=25", "runs=2"),
    // Commands.
    (
      "type = \"esql\"\nlanguage = \"esql\"\nquery = 'from a | eval b = replace(c, \"x\", \"\") | where b != c'",
      "\"x\"",
      "\"y\""
    ),
    (
      "type = \"esql\"\nlanguage = \"esql\"\nquery = 'from a | stats n = count(*) by host.id | where n > 5'", "host.id",
      "user.id"
    ),
    // Settings of the rule.
    (
      "type = \"machine_learning\"\nmachine_learning_job_id = [\"rare_process\"]\nanomaly_threshold = 50",
      "rare_process", "rare_user"
    ),
    (
      """
      type = "new_terms"
      language = "kuery"
      query = "a: b"
      [rule.new_terms]
      field = "new_terms_fields"
      value = ["user.id"]
      """, "user.id", "host.id"
    ),
  ])
  func differs(lines: String, before: String, after: String) throws {
    let changed = lines.replacing(before, with: after)
    #expect(changed != lines)
    let (first, second) = (try readRule(lines: lines), try readRule(lines: changed))
    #expect(first.logic != second.logic)
    #expect(first.stages.count > 1 || first.match != .single)
  }
}
