// deflateInit2 is a macro, which Swift cannot call.
#pragma once
#include <zlib.h>

/// Prepares a stream that writes the gzip format (RFC 1952): 15 bits of window, 16 for the gzip wrapper.
static inline int atiende_deflate_init_gzip(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

/// The same without any wrapper (RFC 1951), as ZIP files hold it.
static inline int atiende_deflate_init_raw(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
}
