#define _GNU_SOURCE
#include "CFiles.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int ruledex_open_for_lookup(int folder, const char *name) {
  return openat(folder, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int ruledex_open_below(int folder, const char *path, int flags, unsigned mode) {
  struct open_how how = {
      .flags = (unsigned)flags | O_CLOEXEC,
      .mode = mode,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
  };
  return (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
}

int ruledex_exchange(int folder, const char *name, int other_folder, const char *other) {
  return renameat2(folder, name, other_folder, other, RENAME_EXCHANGE);
}

int ruledex_is_mount_point(int folder) {
  struct statx status;
  if (statx(folder, "", AT_EMPTY_PATH, STATX_TYPE, &status) != 0) return -1;
  return (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}
