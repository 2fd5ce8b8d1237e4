// Events in the order of time; those of one time in the order in which they were put in, so that
// runs repeat.
#pragma once

#include "runtime/spinnaker/Shape.h"

namespace engram::spinnaker {

struct Event {
  Time time = 0;
  uint64_t order = 0;
  uint32_t kind = 0, subject = 0;

  bool before(const Event &o) const { return time != o.time ? time < o.time : order < o.order; }
};

/// A heap of four branches.
class EventQueue {
public:
  bool empty() const { return heap.empty(); }
  Time nextTime() const { return heap.empty() ? never : heap.front().time; }
  void clear() { heap.clear(); }

  void push(Time time, uint32_t kind, uint32_t subject) {
    Event event{time, order++, kind, subject};
    size_t at = heap.size();
    heap.push_back(event);
    for (; at > 0 && event.before(heap[(at - 1) / 4]); at = (at - 1) / 4)
      heap[at] = heap[(at - 1) / 4];
    heap[at] = event;
  }

  Event pop() {
    Event first = heap.front(), last = heap.back();
    heap.pop_back();
    if (heap.empty())
      return first;
    size_t at = 0;
    for (;;) {
      size_t child = 4 * at + 1;
      if (child >= heap.size())
        break;
      size_t least = child;
      for (size_t k = child + 1; k < child + 4 && k < heap.size(); ++k)
        if (heap[k].before(heap[least]))
          least = k;
      if (!heap[least].before(last))
        break;
      heap[at] = heap[least];
      at = least;
    }
    heap[at] = last;
    return first;
  }

private:
  std::vector<Event> heap;
  uint64_t order = 0;
};

} // namespace engram::spinnaker
