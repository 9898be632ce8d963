/*
 * bindgen reads pg_query.h, which asks for this header. Cargo cannot put a folder of this
 * repository into a compiler's flag, but it can name one in C_INCLUDE_PATH. That variable
 * counts for every target, hence the way out to the system's own header.
 */
#ifdef __wasm__
#include "../../include/sys/types.h"
#else
#include_next <sys/types.h>
#endif
