// Where packets go through routing tables, block by block, and so what each table has to do.
#pragma once

#include "lowering/NCoreToAer/Rules.h"
#include "lowering/NCoreToAer/Tables.h"
#include "runtime/Error.h"
#include <map>

namespace engram::aer {

/// Keys of a slice or a source, and the router where its packets start.
struct Sending {
  KeyBlock block;
  ncore::Router router;
};

/// Numbers for what entries do with packets.
class RouteNumbers {
public:
  using Route = std::pair<std::vector<int>, std::vector<int>>; ///< links, cores

  RouteId numberOf(const Route &route);
  const Route &operator[](RouteId number) const { return routes[number]; }
  RouteId size() const { return static_cast<RouteId>(routes.size()); }

private:
  std::vector<Route> routes;
  std::map<Route, RouteId> numbers;
};

using TableMap = std::map<ncore::Router, std::vector<TableEntry>>;

/// For each router with a table what its packets demand (aer_p7). A key that comes to the router
/// has to take its route; one that comes in on a link and goes straight on, by an entry or by
/// default, may also match no entry if there are default routes; one that is lost stays lost. Keys
/// whose packets do not come to the router have no demand. Blocks without an entry where they start
/// send nothing. Errors: entries that cut blocks into millions of parts.
Expected<std::map<ncore::Router, Demands>> followRoutes(const ncore::Target &target,
                                                        const TableMap &tables,
                                                        const std::vector<Sending> &sendings,
                                                        bool defaultRoutes, RouteNumbers &routes);

} // namespace engram::aer
