// What 'engram info' says of a file.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace engram::tool {

struct Description {
  std::string text;
  nlohmann::ordered_json json;
};

} // namespace engram::tool
