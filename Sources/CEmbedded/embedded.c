#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char attack_license[] = {
#embed "../../catalog/knowledge/attack/LICENSE.txt"
};
static const unsigned char attack_enterprise[] = {
#embed "../../catalog/knowledge/attack/enterprise-attack.json"
};
static const unsigned char attack_retired[] = {
#embed "../../catalog/knowledge/attack/retired.json"
};

static const ruledex_embedded_file files[] = {
  {"catalog/knowledge/attack/LICENSE.txt", attack_license, sizeof attack_license},
  {"catalog/knowledge/attack/enterprise-attack.json", attack_enterprise, sizeof attack_enterprise},
  {"catalog/knowledge/attack/retired.json", attack_retired, sizeof attack_retired},
};

const ruledex_embedded_file *ruledex_embedded_files(void) { return files; }
size_t ruledex_embedded_file_count(void) { return sizeof files / sizeof files[0]; }
