// PCRE2's header declares nothing before it is told how wide a character of the library to be linked is.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
