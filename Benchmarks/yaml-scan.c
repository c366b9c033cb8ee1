// A bare libyaml scan of all .yml files below a folder: the floor that a build is compared with.
#include <fts.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

static long scan(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return perror(path), 0;
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_file(&parser, file);
  long events = 0;
  for (int done = 0; !done;) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) break;
    done = event.type == YAML_STREAM_END_EVENT;
    events += 1;
    yaml_event_delete(&event);
  }
  yaml_parser_delete(&parser);
  fclose(file);
  return events;
}

int main(int argc, char **argv) {
  if (argc < 2) return fprintf(stderr, "usage: yaml-scan FOLDER\n"), 2;
  // Without FTS_NOCHDIR the walk changes the folder, and no relative path leads anywhere.
  FTS *walk = fts_open(argv + 1, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  long files = 0, events = 0;
  for (FTSENT *entry; walk && (entry = fts_read(walk));) {
    const char *dot = strrchr(entry->fts_name, '.');
    if (entry->fts_info != FTS_F || !dot || strcmp(dot, ".yml") != 0) continue;
    files += 1;
    events += scan(entry->fts_path);
  }
  printf("%ld files, %ld events\n", files, events);
  return 0;
}
