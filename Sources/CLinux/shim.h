// Linux calls that Swift's Glibc overlay does not import: variadic functions, macros and epoll's packed union.
#pragma once
#include <fcntl.h>
#include <malloc.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>

// The C library declares it only under _GNU_SOURCE, which Glibc's module does not set. Without <sys/socket.h>, so that its
// types stay Glibc's.
extern int accept4(int, void *, unsigned *, int);

// GNU functions that <string.h> hides from Swift's Glibc module.
void *memmem(const void *haystack, size_t haystack_size, const void *needle, size_t needle_size);
void *memrchr(const void *bytes, int byte, size_t size);

/// Adds a descriptor to an epoll set, edge-triggered or not as `events` says, with a 64-bit token to tell it by.
static inline int atiende_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t token) {
    struct epoll_event event = {.events = events, .data = {.u64 = token}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

static inline uint64_t atiende_epoll_token(const struct epoll_event *event) {
    return event->data.u64;
}

static inline int atiende_open(const char *path, int flags, unsigned mode) {
    return open(path, flags, mode);
}

/// A connection that does not block and is not inherited; `address` is a `struct sockaddr_storage`.
static inline int atiende_accept(int listener, void *address, unsigned *length) {
    return accept4(listener, address, length, O_NONBLOCK | O_CLOEXEC);
}

/// How many memory arenas malloc may make; call it before any thread starts.
static inline void atiende_limit_arenas(int count) {
    mallopt(M_ARENA_MAX, count);
}
