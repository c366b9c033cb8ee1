// Debian's libxml2 is built with ICU, and its headers bring that library's types; Foundation has others of the same names, and a file
// that sees both doesn't compile. What they declare with ICU's types isn't used here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemastypes.h>
#include <libxml/xmlwriter.h>

// libxml2 sets up its tables when they are first needed, which isn't safe in several threads: the caller does it once.
static inline void ruledex_initialise(void) {
  xmlInitParser();
  xmlSchemaInitTypes();
  xmlRelaxNGInitTypes();
}
