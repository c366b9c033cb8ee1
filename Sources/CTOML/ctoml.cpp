#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "CTOML.h"

namespace {

ctoml_place place(const toml::source_position &position) { return {position.line, position.column}; }

class Walk {
public:
  Walk(void *context, void (*take)(void *, const ctoml_event *)) : context(context), take(take) {}

  void visit(const toml::node &node) {
    if (const auto *table = node.as_table()) {
      tell(CTOML_TABLE, node.source());
      // A table is sorted by its keys; readers want the file's order.
      std::vector<std::pair<const toml::key *, const toml::node *>> entries;
      entries.reserve(table->size());
      for (auto &&[key, value] : *table) entries.emplace_back(&key, &value);
      std::stable_sort(entries.begin(), entries.end(), [](const auto &left, const auto &right) {
        const auto &a = left.first->source().begin, &b = right.first->source().begin;
        return a.line != b.line ? a.line < b.line : a.column < b.column;
      });
      for (const auto &[key, value] : entries) {
        tell(CTOML_KEY, key->source(), key->str());
        visit(*value);
      }
      tell(CTOML_END, node.source());
    } else if (const auto *array = node.as_array()) {
      tell(CTOML_ARRAY, node.source());
      for (auto &&item : *array) visit(item);
      tell(CTOML_END, node.source());
    } else if (const auto *text = node.as_string()) {
      tell(CTOML_TEXT, node.source(), text->get());
    } else {
      tell(CTOML_PLAIN, node.source());
    }
  }

private:
  void *context;
  void (*take)(void *, const ctoml_event *);

  void tell(ctoml_kind kind, const toml::source_region &source, std::string_view text = {}) {
    const ctoml_event event = {kind, text.data(), text.size(), place(source.begin), place(source.end)};
    take(context, &event);
  }
};

}  // namespace

bool ctoml_parse(
    const char *source, size_t count, void *context, void (*take)(void *, const ctoml_event *), ctoml_fault *fault) {
  const auto result = toml::parse(count > 0 ? std::string_view(source, count) : std::string_view(""));
  if (!result) {
    const auto &error = result.error();
    const auto words = error.description();
    std::snprintf(fault->message, sizeof fault->message, "%.*s", static_cast<int>(words.size()), words.data());
    fault->place = place(error.source().begin);
    return false;
  }
  Walk(context, take).visit(result.table());
  return true;
}
