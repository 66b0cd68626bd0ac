// Linux calls that Swift's Glibc overlay does not import: variadic functions, macros and epoll's packed union.
#pragma once
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>

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
