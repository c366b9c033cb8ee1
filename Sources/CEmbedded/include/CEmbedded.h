#include <stddef.h>

/// A file that the binary carries.
typedef struct {
  /// Its path below the project's root: `templates/rule.html`.
  const char *path;
  const unsigned char *bytes;
  size_t count;
} ruledex_embedded_file;

/// All of them, in the order of their paths.
const ruledex_embedded_file *ruledex_embedded_files(void);
size_t ruledex_embedded_file_count(void);
