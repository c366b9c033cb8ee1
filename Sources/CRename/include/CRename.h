/// Lets two names change places in one step: renameat2(2) with RENAME_EXCHANGE, which Swift's Glibc module doesn't show.
/// Returns 0, or -1 with errno, as rename(2) does.
int ruledex_exchange(const char *path, const char *other);
