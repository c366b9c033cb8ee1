#include "CEmbedded.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const ruledex_embedded_file files[] = {};

const ruledex_embedded_file *ruledex_embedded_files(void) { return files; }
size_t ruledex_embedded_file_count(void) { return sizeof files / sizeof files[0]; }
