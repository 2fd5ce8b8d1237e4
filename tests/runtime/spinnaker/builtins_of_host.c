/* The helpers of ARM programs under names that do not get in the way of the host's own. */
#define memcpy core_memcpy
#define memmove core_memmove
#define memset core_memset
#include "runtime/spinnaker/core/builtins.c"
