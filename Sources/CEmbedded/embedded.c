#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char setup_github[] = {
#embed "../Commands/Setup/github.yml"
};
static const unsigned char setup_gitlab[] = {
#embed "../Commands/Setup/gitlab.yml"
};
static const unsigned char setup_ruledex[] = {
#embed "../Commands/Setup/ruledex.yml"
};
static const unsigned char setup_telemetry[] = {
#embed "../Commands/Setup/telemetry.yml"
};
static const unsigned char preview_missing[] = {
#embed "../Preview/missing.html"
};
static const unsigned char preview_reload_css[] = {
#embed "../Preview/reload.css"
};
static const unsigned char preview_reload_js[] = {
#embed "../Preview/reload.js"
};
static const unsigned char reports_catalog_rng[] = {
#embed "../Reports/catalog.rng"
};
static const unsigned char attack_LICENSE[] = {
#embed "../../catalog/knowledge/attack/LICENSE.txt"
};
static const unsigned char attack_enterprise_attack[] = {
#embed "../../catalog/knowledge/attack/enterprise-attack.json"
};
static const unsigned char attack_retired[] = {
#embed "../../catalog/knowledge/attack/retired.json"
};
static const unsigned char events_applications[] = {
#embed "../../catalog/knowledge/events/applications.yml"
};
static const unsigned char events_attack[] = {
#embed "../../catalog/knowledge/events/attack.yml"
};
static const unsigned char events_aws[] = {
#embed "../../catalog/knowledge/events/aws.yml"
};
static const unsigned char events_azure[] = {
#embed "../../catalog/knowledge/events/azure.yml"
};
static const unsigned char events_code_hosting[] = {
#embed "../../catalog/knowledge/events/code-hosting.yml"
};
static const unsigned char events_defender[] = {
#embed "../../catalog/knowledge/events/defender.yml"
};
static const unsigned char events_gcp[] = {
#embed "../../catalog/knowledge/events/gcp.yml"
};
static const unsigned char events_generic[] = {
#embed "../../catalog/knowledge/events/generic.yml"
};
static const unsigned char events_identity[] = {
#embed "../../catalog/knowledge/events/identity.yml"
};
static const unsigned char events_kubernetes[] = {
#embed "../../catalog/knowledge/events/kubernetes.yml"
};
static const unsigned char events_linux[] = {
#embed "../../catalog/knowledge/events/linux.yml"
};
static const unsigned char events_m365[] = {
#embed "../../catalog/knowledge/events/m365.yml"
};
static const unsigned char events_macos[] = {
#embed "../../catalog/knowledge/events/macos.yml"
};
static const unsigned char events_network[] = {
#embed "../../catalog/knowledge/events/network.yml"
};
static const unsigned char events_powershell[] = {
#embed "../../catalog/knowledge/events/powershell.yml"
};
static const unsigned char events_sysmon[] = {
#embed "../../catalog/knowledge/events/sysmon.yml"
};
static const unsigned char events_windows_security[] = {
#embed "../../catalog/knowledge/events/windows-security.yml"
};
static const unsigned char events_windows[] = {
#embed "../../catalog/knowledge/events/windows.yml"
};
static const unsigned char fields[] = {
#embed "../../catalog/knowledge/fields.yml"
};
static const unsigned char telemetry_audit_numbers[] = {
#embed "../../catalog/knowledge/telemetry/audit-numbers.yml"
};
static const unsigned char telemetry_audit_policy[] = {
#embed "../../catalog/knowledge/telemetry/audit-policy.yml"
};
static const unsigned char telemetry_auditd[] = {
#embed "../../catalog/knowledge/telemetry/auditd.yml"
};
static const unsigned char telemetry_sysmon[] = {
#embed "../../catalog/knowledge/telemetry/sysmon.yml"
};
static const unsigned char templates_coverage_html[] = {
#embed "../../templates/coverage.html"
};
static const unsigned char templates_duplicates_html[] = {
#embed "../../templates/duplicates.html"
};
static const unsigned char templates_event_html[] = {
#embed "../../templates/event.html"
};
static const unsigned char templates_events_html[] = {
#embed "../../templates/events.html"
};
static const unsigned char templates_field_html[] = {
#embed "../../templates/field.html"
};
static const unsigned char templates_fields_html[] = {
#embed "../../templates/fields.html"
};
static const unsigned char templates_frame_html[] = {
#embed "../../templates/frame.html"
};
static const unsigned char templates_index_html[] = {
#embed "../../templates/index.html"
};
static const unsigned char templates_indicators_html[] = {
#embed "../../templates/indicators.html"
};
static const unsigned char templates_lint_html[] = {
#embed "../../templates/lint.html"
};
static const unsigned char templates_logsources_html[] = {
#embed "../../templates/logsources.html"
};
static const unsigned char templates_matrix_html[] = {
#embed "../../templates/matrix.html"
};
static const unsigned char templates_note_html[] = {
#embed "../../templates/note.html"
};
static const unsigned char templates_pictures_html[] = {
#embed "../../templates/pictures.html"
};
static const unsigned char templates_rule_html[] = {
#embed "../../templates/rule.html"
};
static const unsigned char templates_rules_html[] = {
#embed "../../templates/rules.html"
};
static const unsigned char templates_search_html[] = {
#embed "../../templates/search.html"
};
static const unsigned char templates_search_js[] = {
#embed "../../templates/search.js"
};
static const unsigned char templates_site_js[] = {
#embed "../../templates/site.js"
};
static const unsigned char templates_style_css[] = {
#embed "../../templates/style.css"
};
static const unsigned char templates_tactic_html[] = {
#embed "../../templates/tactic.html"
};
static const unsigned char templates_technique_html[] = {
#embed "../../templates/technique.html"
};

static const ruledex_embedded_file files[] = {
  { "Sources/Commands/Setup/github.yml", setup_github, sizeof setup_github },
  { "Sources/Commands/Setup/gitlab.yml", setup_gitlab, sizeof setup_gitlab },
  { "Sources/Commands/Setup/ruledex.yml", setup_ruledex, sizeof setup_ruledex },
  { "Sources/Commands/Setup/telemetry.yml", setup_telemetry, sizeof setup_telemetry },
  { "Sources/Preview/missing.html", preview_missing, sizeof preview_missing },
  { "Sources/Preview/reload.css", preview_reload_css, sizeof preview_reload_css },
  { "Sources/Preview/reload.js", preview_reload_js, sizeof preview_reload_js },
  { "Sources/Reports/catalog.rng", reports_catalog_rng, sizeof reports_catalog_rng },
  { "catalog/knowledge/attack/LICENSE.txt", attack_LICENSE, sizeof attack_LICENSE },
  { "catalog/knowledge/attack/enterprise-attack.json", attack_enterprise_attack, sizeof attack_enterprise_attack },
  { "catalog/knowledge/attack/retired.json", attack_retired, sizeof attack_retired },
  { "catalog/knowledge/events/applications.yml", events_applications, sizeof events_applications },
  { "catalog/knowledge/events/attack.yml", events_attack, sizeof events_attack },
  { "catalog/knowledge/events/aws.yml", events_aws, sizeof events_aws },
  { "catalog/knowledge/events/azure.yml", events_azure, sizeof events_azure },
  { "catalog/knowledge/events/code-hosting.yml", events_code_hosting, sizeof events_code_hosting },
  { "catalog/knowledge/events/defender.yml", events_defender, sizeof events_defender },
  { "catalog/knowledge/events/gcp.yml", events_gcp, sizeof events_gcp },
  { "catalog/knowledge/events/generic.yml", events_generic, sizeof events_generic },
  { "catalog/knowledge/events/identity.yml", events_identity, sizeof events_identity },
  { "catalog/knowledge/events/kubernetes.yml", events_kubernetes, sizeof events_kubernetes },
  { "catalog/knowledge/events/linux.yml", events_linux, sizeof events_linux },
  { "catalog/knowledge/events/m365.yml", events_m365, sizeof events_m365 },
  { "catalog/knowledge/events/macos.yml", events_macos, sizeof events_macos },
  { "catalog/knowledge/events/network.yml", events_network, sizeof events_network },
  { "catalog/knowledge/events/powershell.yml", events_powershell, sizeof events_powershell },
  { "catalog/knowledge/events/sysmon.yml", events_sysmon, sizeof events_sysmon },
  { "catalog/knowledge/events/windows-security.yml", events_windows_security, sizeof events_windows_security },
  { "catalog/knowledge/events/windows.yml", events_windows, sizeof events_windows },
  { "catalog/knowledge/fields.yml", fields, sizeof fields },
  { "catalog/knowledge/telemetry/audit-numbers.yml", telemetry_audit_numbers, sizeof telemetry_audit_numbers },
  { "catalog/knowledge/telemetry/audit-policy.yml", telemetry_audit_policy, sizeof telemetry_audit_policy },
  { "catalog/knowledge/telemetry/auditd.yml", telemetry_auditd, sizeof telemetry_auditd },
  { "catalog/knowledge/telemetry/sysmon.yml", telemetry_sysmon, sizeof telemetry_sysmon },
  { "templates/coverage.html", templates_coverage_html, sizeof templates_coverage_html },
  { "templates/duplicates.html", templates_duplicates_html, sizeof templates_duplicates_html },
  { "templates/event.html", templates_event_html, sizeof templates_event_html },
  { "templates/events.html", templates_events_html, sizeof templates_events_html },
  { "templates/field.html", templates_field_html, sizeof templates_field_html },
  { "templates/fields.html", templates_fields_html, sizeof templates_fields_html },
  { "templates/frame.html", templates_frame_html, sizeof templates_frame_html },
  { "templates/index.html", templates_index_html, sizeof templates_index_html },
  { "templates/indicators.html", templates_indicators_html, sizeof templates_indicators_html },
  { "templates/lint.html", templates_lint_html, sizeof templates_lint_html },
  { "templates/logsources.html", templates_logsources_html, sizeof templates_logsources_html },
  { "templates/matrix.html", templates_matrix_html, sizeof templates_matrix_html },
  { "templates/note.html", templates_note_html, sizeof templates_note_html },
  { "templates/pictures.html", templates_pictures_html, sizeof templates_pictures_html },
  { "templates/rule.html", templates_rule_html, sizeof templates_rule_html },
  { "templates/rules.html", templates_rules_html, sizeof templates_rules_html },
  { "templates/search.html", templates_search_html, sizeof templates_search_html },
  { "templates/search.js", templates_search_js, sizeof templates_search_js },
  { "templates/site.js", templates_site_js, sizeof templates_site_js },
  { "templates/style.css", templates_style_css, sizeof templates_style_css },
  { "templates/tactic.html", templates_tactic_html, sizeof templates_tactic_html },
  { "templates/technique.html", templates_technique_html, sizeof templates_technique_html },
};

const ruledex_embedded_file *ruledex_embedded_files(void) { return files; }
size_t ruledex_embedded_file_count(void) { return sizeof files / sizeof files[0]; }
