import Events
import RuleModel
import Testing

/// How Panther's rules name events, by the map that the binary carries.
@Suite struct PantherPinTests {
  private func words(_ logSource: LogSource, _ predicate: Predicate) throws -> [String] {
    try Shipped.map.get().events(for: logSource, dialect: .panther, stages: stages(predicate)).words
  }

  @Test(
    arguments: [
      ("Okta.SystemLog", eq("eventType", "user.session.start"), ["Okta-user/user.session.start!"]),
      ("panther_logs.public.okta_systemlog", eq("eventType", "USER.SESSION.START"), ["Okta-user/user.session.start!"]),
      ("AWS.CloudTrail", eq("eventName", "ConsoleLogin"), ["AWS-signin/ConsoleLogin!"]),
      (
        "AWS.CloudTrail", .all([eq("eventSource", "ec2.amazonaws.com"), eq("eventName", "CreateImage")]),
        ["AWS-ec2/CreateImage!"]
      ),
      ("panther_logs.public.aws_cloudtrail", eq("eventName", "StopLogging"), ["AWS-cloudtrail/StopLogging!"]),
      (
        "Azure.MonitorActivity", eq("operationName", "Microsoft.Authorization/roleAssignments/write"),
        ["Azure-authorization/MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/WRITE!"]
      ),
      ("Azure.Audit", eq("operationName", "Add member to role"), ["Azure-auditlogs/Add member to role!"]),
      ("Azure.Audit", eq("category", "SignInLogs"), ["Azure-signinlogs/*"]),
      (
        "GCP.AuditLog", eq("protoPayload.methodName", "google.iam.admin.v1.CreateServiceAccountKey"),
        ["GCP-iam/google.iam.admin.v1.CreateServiceAccountKey!"]
      ),
      (
        "GSuite.ActivityEvent", .all([eq("id.applicationName", "login"), eq("name", "login_failure")]),
        ["GoogleWorkspace-login/login_failure!"]
      ),
      ("GitHub.Audit", eq("action", "org.add_member"), ["GitHub-org/org.add_member!"]),
      (
        "Amazon.EKS.Audit", .all([eq("verb", "create"), eq("objectRef.resource", "pods")]),
        ["Kubernetes-audit/create pods!"]
      ),
      ("Slack.AuditLogs", eq("action", "user_created"), ["Slack-audit/user_created!"]),
      ("OneLogin.Events", eq("event_type_id", "532"), ["OneLogin-events/532!"]),
      (
        "Microsoft365.Audit.AzureActiveDirectory", eq("Operation", "Add member to role."),
        ["M365-AzureActiveDirectory/Add member to role.!"]
      ),
      ("Crowdstrike.FDREvent", eq("fdr_event_type", "ProcessRollup2"), ["CrowdStrike-FDR/ProcessRollup2"]),
      ("Windows.EventLogs", eq("EventID", "4720"), ["Microsoft-Windows-Security-Auditing/4720"]),
      (
        "Databricks.Audit", .all([eq("serviceName", "accounts"), eq("actionName", "addAdmin")]),
        ["Databricks-accounts/addAdmin!"]
      ),
      ("snowflake.account_usage.login_history", .all([]), ["Snowflake/*"]),
    ] as [(String, Predicate, [String])])
  func namesEvents(logType: String, predicate: Predicate, expected: [String]) throws {
    #expect(try words(LogSource(service: logType), predicate) == expected)
  }

  @Test func namesResources() throws {
    #expect(
      try words(LogSource(category: "resource", service: "AWS.CloudTrail"), .all([]))
        == ["Panther-CloudResources/AWS.CloudTrail"])
  }
}
