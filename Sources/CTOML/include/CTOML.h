#ifndef CTOML_H
#define CTOML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// toml++ (TOML 1.0) behind plain C: a parsed file as a walk over its tables, in the order of the file.

#ifdef __cplusplus
extern "C" {
#endif

typedef enum {
  CTOML_KEY,
  // A string, its escapes undone.
  CTOML_TEXT,
  // Any other scalar; its text is what the source has between its places.
  CTOML_PLAIN,
  CTOML_TABLE,
  CTOML_ARRAY,
  // The end of a table or an array.
  CTOML_END,
} ctoml_kind;

// From 1; columns count code points. A line of 0 is a place that isn't known.
typedef struct {
  uint32_t line;
  uint32_t column;
} ctoml_place;

typedef struct {
  ctoml_kind kind;
  // Of a key or a text; lives as long as the call.
  const char *text;
  size_t count;
  ctoml_place begin;
  // Behind its last character.
  ctoml_place end;
} ctoml_event;

typedef struct {
  char message[512];
  ctoml_place place;
} ctoml_fault;

// Parses a file, which may be NULL where it is empty, and hands what is in it to `take`. False, and the fault, where it isn't TOML; then nothing was handed.
// How deep it is nested is for the caller to see to first: each level takes room on the stack.
bool ctoml_parse(
    const char *source, size_t count, void *context, void (*take)(void *context, const ctoml_event *event),
    ctoml_fault *fault);

#ifdef __cplusplus
}
#endif

#endif
