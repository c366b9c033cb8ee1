import Events
import RuleModel
import Testing

/// Operations that rules of all dialects name, by the map that the binary carries.
@Suite struct SharedOperationTests {
  private func words(_ dialect: Dialect, _ logSource: LogSource, _ predicate: Predicate) throws -> [String] {
    try Shipped.map.get().events(for: logSource, dialect: dialect, stages: stages(predicate)).words
  }

  /// However a dialect calls the log, the field and the operation: an operation is the same for all of them.
  @Test(
    arguments: [
      (
        "AWS-signin/ConsoleLogin!", "ConsoleLogin", "eventName", "-/aws/cloudtrail", "AWS.CloudTrail",
        "AWS CloudTrail ConsoleLogin", "AWS CloudTrail", "aws.cloudtrail", "AWSCloudTrail", "EventName"
      ),
      (
        "AWS-cloudtrail/StopLogging!", "StopLogging", "eventName", "-/aws/cloudtrail", "AWS.CloudTrail",
        "AWS CloudTrail",
        "AWS_CLOUDTRAIL", "aws.cloudtrail", "AWSCloudTrail", "EventName"
      ),
      (
        "Okta-system/system.api_token.create!", "system.api_token.create", "eventType", "-/okta/okta", "Okta.SystemLog",
        "Okta", "Okta", "okta.system", "OktaSSO", "eventType_s"
      ),
      (
        "Okta-user/user.mfa.factor.reset_all!", "user.mfa.factor.reset_all", "eventType", "-/okta/okta",
        "Okta.SystemLog",
        "OktaIM2:log", "OKTA", "okta.system", "OktaV2_CL", "EventOriginalType"
      ),
      (
        "GitHub-org/org.update_member!", "org.update_member", "action", "-/github/audit", "GitHub.Audit", "GitHub",
        "GITHUB",
        "github.audit", "GitHubAudit", "action_s"
      ),
      (
        "Azure-auditlogs/Add member to role!", "Add member to role", "operationName", "-/azure/auditlogs",
        "Azure.Audit",
        "Azure Active Directory", "Azure AD Directory Audit", "azure.auditlogs", "AuditLogs", "OperationName"
      ),
    ])
  func allDialectsShareAnOperation(
    expected: String, operation: String, field: String, sigma: String, logType: String, splunk: String, product: String,
    dataset: String, table: String, column: String
  ) throws {
    #expect(try words(.sigma, source(sigma), eq(field, operation)) == [expected])
    #expect(try words(.panther, LogSource(service: logType), eq(field, operation)) == [expected])
    #expect(try words(.splunk, LogSource(service: splunk), eq(field, operation)) == [expected])
    #expect(
      try words(.yaral, LogSource(product: product), eq("metadata.product_event_type", operation)) == [expected])
    let elastic = dataset == "azure.auditlogs" ? "azure.auditlogs.operation_name" : "event.action"
    #expect(try words(.elastic, LogSource(service: dataset), eq(elastic, operation)) == [expected])
    #expect(try words(.kusto, LogSource(service: table), eq(column, operation)) == [expected])
  }
}
