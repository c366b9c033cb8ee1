#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char templates_frame[] = {
#embed "../../templates/frame.html"
};
static const unsigned char templates_index[] = {
#embed "../../templates/index.html"
};
static const unsigned char templates_rule[] = {
#embed "../../templates/rule.html"
};
static const unsigned char templates_rules[] = {
#embed "../../templates/rules.html"
};
static const unsigned char templates_script[] = {
#embed "../../templates/site.js"
};
static const unsigned char templates_style[] = {
#embed "../../templates/style.css"
};

static const ruledex_embedded_file files[] = {
  { "templates/frame.html", templates_frame, sizeof templates_frame },
  { "templates/index.html", templates_index, sizeof templates_index },
  { "templates/rule.html", templates_rule, sizeof templates_rule },
  { "templates/rules.html", templates_rules, sizeof templates_rules },
  { "templates/site.js", templates_script, sizeof templates_script },
  { "templates/style.css", templates_style, sizeof templates_style },
};

const ruledex_embedded_file *ruledex_embedded_files(void) { return files; }
size_t ruledex_embedded_file_count(void) { return sizeof files / sizeof files[0]; }
