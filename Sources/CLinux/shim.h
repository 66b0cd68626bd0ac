// Linux calls that Swift's Glibc module lacks. Nothing is included whose types Glibc's module has too: they would become
// this module's, and each file that uses them would have to import it.
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>

// GNU functions, which the C library declares only under _GNU_SOURCE.
extern int accept4(int, void *, unsigned *, int);
extern void *memmem(const void *haystack, size_t haystack_size, const void *needle, size_t needle_size);
extern void *memrchr(const void *bytes, int byte, size_t size);
extern int mallopt(int, int);

/// Adds a descriptor to an epoll set, edge-triggered or not as `events` says, with a 64-bit token to tell it by.
static inline int atiende_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

static inline uint64_t atiende_epoll_token(const struct epoll_event *event) {
    return event->data.u64;
}

/// A connection; `address` is a `struct sockaddr_storage`, `flags` those of `socket`.
static inline int atiende_accept(int listener, void *address, unsigned *length, int flags) {
    return accept4(listener, address, length, flags);
}

/// How many memory arenas malloc may make; call it before any thread starts.
static inline void atiende_limit_arenas(int count) {
    const int arena_max = -8; // M_ARENA_MAX of <malloc.h>
    mallopt(arena_max, count);
}
