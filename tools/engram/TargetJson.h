// A machine's description as JSON, for 'engram targets' and 'engram report'.
#pragma once

#include "dialects/NCore/IR/Target.h"

#include <nlohmann/json.hpp>

namespace engram::tool {

/// Each field by its name, null where it is not limited or not known, and the numbers of routers
/// and cores.
nlohmann::ordered_json targetJson(const ncore::Target &target);

} // namespace engram::tool
