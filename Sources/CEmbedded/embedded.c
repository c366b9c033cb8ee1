#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char knowledge_events_applications[] = {
#embed "../../catalog/knowledge/events/applications.yml"
};
static const unsigned char knowledge_events_aws[] = {
#embed "../../catalog/knowledge/events/aws.yml"
};
static const unsigned char knowledge_events_azure[] = {
#embed "../../catalog/knowledge/events/azure.yml"
};
static const unsigned char knowledge_events_code_hosting[] = {
#embed "../../catalog/knowledge/events/code-hosting.yml"
};
static const unsigned char knowledge_events_defender[] = {
#embed "../../catalog/knowledge/events/defender.yml"
};
static const unsigned char knowledge_events_gcp[] = {
#embed "../../catalog/knowledge/events/gcp.yml"
};
static const unsigned char knowledge_events_generic[] = {
#embed "../../catalog/knowledge/events/generic.yml"
};
static const unsigned char knowledge_events_identity[] = {
#embed "../../catalog/knowledge/events/identity.yml"
};
static const unsigned char knowledge_events_kubernetes[] = {
#embed "../../catalog/knowledge/events/kubernetes.yml"
};
static const unsigned char knowledge_events_linux[] = {
#embed "../../catalog/knowledge/events/linux.yml"
};
static const unsigned char knowledge_events_m365[] = {
#embed "../../catalog/knowledge/events/m365.yml"
};
static const unsigned char knowledge_events_macos[] = {
#embed "../../catalog/knowledge/events/macos.yml"
};
static const unsigned char knowledge_events_network[] = {
#embed "../../catalog/knowledge/events/network.yml"
};
static const unsigned char knowledge_events_powershell[] = {
#embed "../../catalog/knowledge/events/powershell.yml"
};
static const unsigned char knowledge_events_sysmon[] = {
#embed "../../catalog/knowledge/events/sysmon.yml"
};
static const unsigned char knowledge_events_windows_security[] = {
#embed "../../catalog/knowledge/events/windows-security.yml"
};
static const unsigned char knowledge_events_windows[] = {
#embed "../../catalog/knowledge/events/windows.yml"
};
static const unsigned char knowledge_fields[] = {
#embed "../../catalog/knowledge/fields.yml"
};
static const unsigned char templates_frame[] = {
#embed "../../templates/frame.html"
};
static const unsigned char templates_index_html[] = {
#embed "../../templates/index.html"
};
static const unsigned char templates_rule_html[] = {
#embed "../../templates/rule.html"
};
static const unsigned char templates_rules_html[] = {
#embed "../../templates/rules.html"
};
static const unsigned char templates_site_js[] = {
#embed "../../templates/site.js"
};
static const unsigned char templates_style_css[] = {
#embed "../../templates/style.css"
};

static const ruledex_embedded_file files[] = {
  { "catalog/knowledge/events/applications.yml", knowledge_events_applications, sizeof knowledge_events_applications },
  { "catalog/knowledge/events/aws.yml", knowledge_events_aws, sizeof knowledge_events_aws },
  { "catalog/knowledge/events/azure.yml", knowledge_events_azure, sizeof knowledge_events_azure },
  { "catalog/knowledge/events/code-hosting.yml", knowledge_events_code_hosting, sizeof knowledge_events_code_hosting },
  { "catalog/knowledge/events/defender.yml", knowledge_events_defender, sizeof knowledge_events_defender },
  { "catalog/knowledge/events/gcp.yml", knowledge_events_gcp, sizeof knowledge_events_gcp },
  { "catalog/knowledge/events/generic.yml", knowledge_events_generic, sizeof knowledge_events_generic },
  { "catalog/knowledge/events/identity.yml", knowledge_events_identity, sizeof knowledge_events_identity },
  { "catalog/knowledge/events/kubernetes.yml", knowledge_events_kubernetes, sizeof knowledge_events_kubernetes },
  { "catalog/knowledge/events/linux.yml", knowledge_events_linux, sizeof knowledge_events_linux },
  { "catalog/knowledge/events/m365.yml", knowledge_events_m365, sizeof knowledge_events_m365 },
  { "catalog/knowledge/events/macos.yml", knowledge_events_macos, sizeof knowledge_events_macos },
  { "catalog/knowledge/events/network.yml", knowledge_events_network, sizeof knowledge_events_network },
  { "catalog/knowledge/events/powershell.yml", knowledge_events_powershell, sizeof knowledge_events_powershell },
  { "catalog/knowledge/events/sysmon.yml", knowledge_events_sysmon, sizeof knowledge_events_sysmon },
  { "catalog/knowledge/events/windows-security.yml", knowledge_events_windows_security, sizeof knowledge_events_windows_security },
  { "catalog/knowledge/events/windows.yml", knowledge_events_windows, sizeof knowledge_events_windows },
  { "catalog/knowledge/fields.yml", knowledge_fields, sizeof knowledge_fields },
  { "templates/frame.html", templates_frame, sizeof templates_frame },
  { "templates/index.html", templates_index, sizeof templates_index },
  { "templates/rule.html", templates_rule, sizeof templates_rule },
  { "templates/rules.html", templates_rules, sizeof templates_rules },
  { "templates/site.js", templates_script, sizeof templates_script },
  { "templates/style.css", templates_style, sizeof templates_style },
};

const ruledex_embedded_file *ruledex_embedded_files(void) { return files; }
size_t ruledex_embedded_file_count(void) { return sizeof files / sizeof files[0]; }
