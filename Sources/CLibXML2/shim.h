#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>
#include <libxml/relaxng.h>
#include <libxml/xpath.h>

// xmlFree is a mutable global function pointer, which Swift 6 refuses to touch.
static inline void ruledex_xmlFree(void *memory) { xmlFree(memory); }
