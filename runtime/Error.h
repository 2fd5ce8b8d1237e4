// The error value of everything in Engram that is not a compiler pass: one sentence for the user.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace engram {

/// Lower case, one sentence, no full stop; names the file and the place in it.
struct Error {
  std::string message;
};

template <typename T> using Expected = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

} // namespace engram
