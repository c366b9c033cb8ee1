// What module Files needs of the system and Swift's Glibc module doesn't show, since it is Linux's own. Each function returns -1
// with errno where it fails, as the call that it stands for does.

/// Opens a folder only to look up names in it, which needs no permission to list it: openat(2) with O_PATH. Follows no link.
int ruledex_open_for_lookup(int folder, const char *name);

/// Opens what a path below a folder leads to, and follows no link on the way: openat2(2). ENOSYS where the system doesn't have it.
int ruledex_open_below(int folder, const char *path, int flags, unsigned mode);

/// Lets two names change places in one step: renameat2(2) with RENAME_EXCHANGE.
int ruledex_exchange(int folder, const char *name, int other_folder, const char *other);

/// 1 where a file system is mounted on an open folder, 0 where none is: statx(2).
int ruledex_is_mount_point(int folder);
