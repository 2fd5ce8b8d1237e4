// The fields of a machine as JSON.
#include "tools/engram/TargetJson.h"

#include "dialects/NCore/IR/TargetFields.h"

namespace engram::tool {

using Json = nlohmann::ordered_json;

namespace {

struct ValueOf {
  const ncore::Target &target;
  const ncore::TargetField &field;

  Json operator()(ncore::GridMember) const { return {target.gridX, target.gridY}; }
  Json operator()(std::string ncore::Target::*member) const { return target.*member; }
  Json operator()(bool ncore::Target::*member) const { return target.*member; }
  Json operator()(ncore::Topology ncore::Target::*member) const {
    return ncore::nameOf(target.*member);
  }
  Json operator()(std::vector<int64_t> ncore::Target::*member) const { return target.*member; }
  Json operator()(std::vector<ncore::Router> ncore::Target::*member) const {
    Json list = Json::array();
    for (ncore::Router router : target.*member)
      list.push_back({router.x, router.y});
    return list;
  }
  Json operator()(std::vector<ncore::CorePlace> ncore::Target::*member) const {
    Json list = Json::array();
    for (ncore::CorePlace core : target.*member)
      list.push_back({core.x, core.y, core.p});
    return list;
  }
  Json operator()(std::vector<ncore::LinkPlace> ncore::Target::*member) const {
    Json list = Json::array();
    for (ncore::LinkPlace link : target.*member)
      list.push_back({link.x, link.y, link.link});
    return list;
  }
  template <class Number> Json operator()(Number ncore::Target::*member) const {
    return target.*member == 0 && *field.zero ? Json() : Json(target.*member);
  }
};

} // namespace

Json targetJson(const ncore::Target &target) {
  Json result;
  for (const ncore::TargetField &field : ncore::targetFields())
    result[field.name] = std::visit(ValueOf{target, field}, field.member);
  if (std::optional<int64_t> most = target.maxDelay())
    result["max_delay"] = *most;
  result["routers"] = target.numRouters();
  result["cores"] = target.numCores();
  return result;
}

} // namespace engram::tool
