// Written by generate in this folder.
#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_0[] = {
#embed "../../Sources/Commands/Setup/github.yml"
};
static const unsigned char file_1[] = {
#embed "../../Sources/Commands/Setup/gitlab.yml"
};
static const unsigned char file_2[] = {
#embed "../../Sources/Commands/Setup/ruledex.yml"
};
static const unsigned char file_3[] = {
#embed "../../Sources/Commands/Setup/telemetry.yml"
};
static const unsigned char file_4[] = {
#embed "../../Sources/Preview/missing.html"
};
static const unsigned char file_5[] = {
#embed "../../Sources/Preview/reload.css"
};
static const unsigned char file_6[] = {
#embed "../../Sources/Preview/reload.js"
};
static const unsigned char file_7[] = {
#embed "../../Sources/Reports/catalog.rng"
};
static const unsigned char file_8[] = {
#embed "../../catalog/knowledge/attack/LICENSE.txt"
};
static const unsigned char file_9[] = {
#embed "../../catalog/knowledge/attack/enterprise-attack.json"
};
static const unsigned char file_10[] = {
#embed "../../catalog/knowledge/attack/retired.json"
};
static const unsigned char file_11[] = {
#embed "../../catalog/knowledge/events/applications.yml"
};
static const unsigned char file_12[] = {
#embed "../../catalog/knowledge/events/attack.yml"
};
static const unsigned char file_13[] = {
#embed "../../catalog/knowledge/events/aws.yml"
};
static const unsigned char file_14[] = {
#embed "../../catalog/knowledge/events/azure.yml"
};
static const unsigned char file_15[] = {
#embed "../../catalog/knowledge/events/code-hosting.yml"
};
static const unsigned char file_16[] = {
#embed "../../catalog/knowledge/events/defender.yml"
};
static const unsigned char file_17[] = {
#embed "../../catalog/knowledge/events/elastic.yml"
};
static const unsigned char file_18[] = {
#embed "../../catalog/knowledge/events/gcp.yml"
};
static const unsigned char file_19[] = {
#embed "../../catalog/knowledge/events/generic.yml"
};
static const unsigned char file_20[] = {
#embed "../../catalog/knowledge/events/identity.yml"
};
static const unsigned char file_21[] = {
#embed "../../catalog/knowledge/events/kubernetes.yml"
};
static const unsigned char file_22[] = {
#embed "../../catalog/knowledge/events/linux.yml"
};
static const unsigned char file_23[] = {
#embed "../../catalog/knowledge/events/m365.yml"
};
static const unsigned char file_24[] = {
#embed "../../catalog/knowledge/events/macos.yml"
};
static const unsigned char file_25[] = {
#embed "../../catalog/knowledge/events/network.yml"
};
static const unsigned char file_26[] = {
#embed "../../catalog/knowledge/events/panther.yml"
};
static const unsigned char file_27[] = {
#embed "../../catalog/knowledge/events/powershell.yml"
};
static const unsigned char file_28[] = {
#embed "../../catalog/knowledge/events/sentinel.yml"
};
static const unsigned char file_29[] = {
#embed "../../catalog/knowledge/events/splunk.yml"
};
static const unsigned char file_30[] = {
#embed "../../catalog/knowledge/events/sysmon.yml"
};
static const unsigned char file_31[] = {
#embed "../../catalog/knowledge/events/udm.yml"
};
static const unsigned char file_32[] = {
#embed "../../catalog/knowledge/events/windows-security.yml"
};
static const unsigned char file_33[] = {
#embed "../../catalog/knowledge/events/windows.yml"
};
static const unsigned char file_34[] = {
#embed "../../catalog/knowledge/fields.yml"
};
static const unsigned char file_35[] = {
#embed "../../catalog/knowledge/telemetry/audit-numbers.yml"
};
static const unsigned char file_36[] = {
#embed "../../catalog/knowledge/telemetry/audit-policy.yml"
};
static const unsigned char file_37[] = {
#embed "../../catalog/knowledge/telemetry/auditd.yml"
};
static const unsigned char file_38[] = {
#embed "../../catalog/knowledge/telemetry/sysmon.yml"
};
static const unsigned char file_39[] = {
#embed "../../templates/coverage.html"
};
static const unsigned char file_40[] = {
#embed "../../templates/duplicates.html"
};
static const unsigned char file_41[] = {
#embed "../../templates/event.html"
};
static const unsigned char file_42[] = {
#embed "../../templates/events.html"
};
static const unsigned char file_43[] = {
#embed "../../templates/field.html"
};
static const unsigned char file_44[] = {
#embed "../../templates/fields.html"
};
static const unsigned char file_45[] = {
#embed "../../templates/frame.html"
};
static const unsigned char file_46[] = {
#embed "../../templates/index.html"
};
static const unsigned char file_47[] = {
#embed "../../templates/indicators.html"
};
static const unsigned char file_48[] = {
#embed "../../templates/lint.html"
};
static const unsigned char file_49[] = {
#embed "../../templates/logsources.html"
};
static const unsigned char file_50[] = {
#embed "../../templates/matrix.html"
};
static const unsigned char file_51[] = {
#embed "../../templates/note.html"
};
static const unsigned char file_52[] = {
#embed "../../templates/pictures.html"
};
static const unsigned char file_53[] = {
#embed "../../templates/review-list.html"
};
static const unsigned char file_54[] = {
#embed "../../templates/rule.html"
};
static const unsigned char file_55[] = {
#embed "../../templates/rules.html"
};
static const unsigned char file_56[] = {
#embed "../../templates/search.html"
};
static const unsigned char file_57[] = {
#embed "../../templates/search.js"
};
static const unsigned char file_58[] = {
#embed "../../templates/site.js"
};
static const unsigned char file_59[] = {
#embed "../../templates/style.css"
};
static const unsigned char file_60[] = {
#embed "../../templates/tactic.html"
};
static const unsigned char file_61[] = {
#embed "../../templates/technique.html"
};

static const ruledex_embedded_file files[] = {
  { "Sources/Commands/Setup/github.yml", file_0, sizeof file_0 },
  { "Sources/Commands/Setup/gitlab.yml", file_1, sizeof file_1 },
  { "Sources/Commands/Setup/ruledex.yml", file_2, sizeof file_2 },
  { "Sources/Commands/Setup/telemetry.yml", file_3, sizeof file_3 },
  { "Sources/Preview/missing.html", file_4, sizeof file_4 },
  { "Sources/Preview/reload.css", file_5, sizeof file_5 },
  { "Sources/Preview/reload.js", file_6, sizeof file_6 },
  { "Sources/Reports/catalog.rng", file_7, sizeof file_7 },
  { "catalog/knowledge/attack/LICENSE.txt", file_8, sizeof file_8 },
  { "catalog/knowledge/attack/enterprise-attack.json", file_9, sizeof file_9 },
  { "catalog/knowledge/attack/retired.json", file_10, sizeof file_10 },
  { "catalog/knowledge/events/applications.yml", file_11, sizeof file_11 },
  { "catalog/knowledge/events/attack.yml", file_12, sizeof file_12 },
  { "catalog/knowledge/events/aws.yml", file_13, sizeof file_13 },
  { "catalog/knowledge/events/azure.yml", file_14, sizeof file_14 },
  { "catalog/knowledge/events/code-hosting.yml", file_15, sizeof file_15 },
  { "catalog/knowledge/events/defender.yml", file_16, sizeof file_16 },
  { "catalog/knowledge/events/elastic.yml", file_17, sizeof file_17 },
  { "catalog/knowledge/events/gcp.yml", file_18, sizeof file_18 },
  { "catalog/knowledge/events/generic.yml", file_19, sizeof file_19 },
  { "catalog/knowledge/events/identity.yml", file_20, sizeof file_20 },
  { "catalog/knowledge/events/kubernetes.yml", file_21, sizeof file_21 },
  { "catalog/knowledge/events/linux.yml", file_22, sizeof file_22 },
  { "catalog/knowledge/events/m365.yml", file_23, sizeof file_23 },
  { "catalog/knowledge/events/macos.yml", file_24, sizeof file_24 },
  { "catalog/knowledge/events/network.yml", file_25, sizeof file_25 },
  { "catalog/knowledge/events/panther.yml", file_26, sizeof file_26 },
  { "catalog/knowledge/events/powershell.yml", file_27, sizeof file_27 },
  { "catalog/knowledge/events/sentinel.yml", file_28, sizeof file_28 },
  { "catalog/knowledge/events/splunk.yml", file_29, sizeof file_29 },
  { "catalog/knowledge/events/sysmon.yml", file_30, sizeof file_30 },
  { "catalog/knowledge/events/udm.yml", file_31, sizeof file_31 },
  { "catalog/knowledge/events/windows-security.yml", file_32, sizeof file_32 },
  { "catalog/knowledge/events/windows.yml", file_33, sizeof file_33 },
  { "catalog/knowledge/fields.yml", file_34, sizeof file_34 },
  { "catalog/knowledge/telemetry/audit-numbers.yml", file_35, sizeof file_35 },
  { "catalog/knowledge/telemetry/audit-policy.yml", file_36, sizeof file_36 },
  { "catalog/knowledge/telemetry/auditd.yml", file_37, sizeof file_37 },
  { "catalog/knowledge/telemetry/sysmon.yml", file_38, sizeof file_38 },
  { "templates/coverage.html", file_39, sizeof file_39 },
  { "templates/duplicates.html", file_40, sizeof file_40 },
  { "templates/event.html", file_41, sizeof file_41 },
  { "templates/events.html", file_42, sizeof file_42 },
  { "templates/field.html", file_43, sizeof file_43 },
  { "templates/fields.html", file_44, sizeof file_44 },
  { "templates/frame.html", file_45, sizeof file_45 },
  { "templates/index.html", file_46, sizeof file_46 },
  { "templates/indicators.html", file_47, sizeof file_47 },
  { "templates/lint.html", file_48, sizeof file_48 },
  { "templates/logsources.html", file_49, sizeof file_49 },
  { "templates/matrix.html", file_50, sizeof file_50 },
  { "templates/note.html", file_51, sizeof file_51 },
  { "templates/pictures.html", file_52, sizeof file_52 },
  { "templates/review-list.html", file_53, sizeof file_53 },
  { "templates/rule.html", file_54, sizeof file_54 },
  { "templates/rules.html", file_55, sizeof file_55 },
  { "templates/search.html", file_56, sizeof file_56 },
  { "templates/search.js", file_57, sizeof file_57 },
  { "templates/site.js", file_58, sizeof file_58 },
  { "templates/style.css", file_59, sizeof file_59 },
  { "templates/tactic.html", file_60, sizeof file_60 },
  { "templates/technique.html", file_61, sizeof file_61 },
};

const ruledex_embedded_file *ruledex_embedded_files(void) { return files; }
size_t ruledex_embedded_file_count(void) { return sizeof files / sizeof files[0]; }
