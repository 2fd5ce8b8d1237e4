// Lookup, and names of links.
#include "runtime/spinnaker/Router.h"

namespace engram::spinnaker {

const char *const linkNames[numLinks] = {"E", "NE", "N", "W", "SW", "S"};

int waitOfRegister(uint8_t code) {
  int mantissa = code & 15, exponent = code >> 4;
  return exponent <= 4 ? (mantissa + 16 - (1 << (4 - exponent))) << exponent
                       : (mantissa + 16) << exponent;
}

Route Route::of(const RouteEntry &entry) {
  Route route;
  for (int output = 0; output < 160; ++output)
    if ((output < 32 ? entry.route : entry.more[output / 32 - 1]) >> output % 32 & 1)
      route.add(output);
  return route;
}

RouterTable::RouterTable(std::vector<RouteEntry> given) : entries(std::move(given)) {
  for (const RouteEntry &entry : entries)
    routes.push_back(Route::of(entry));
}

int RouterTable::match(uint32_t key) const {
  auto [place, isNew] = known.try_emplace(key, -1);
  if (isNew)
    for (size_t k = 0; k < entries.size(); ++k)
      if ((key & entries[k].mask) == entries[k].key) {
        place->second = static_cast<int>(k);
        break;
      }
  return place->second;
}

} // namespace engram::spinnaker
