// Counts how often memory is taken. The loader puts it before the C library for `atiende-bench allocations`.

#include <errno.h>
#include <stddef.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

// Read by the program, by this name.
long atiende_allocations;

void *malloc(size_t size) {
    __atomic_fetch_add(&atiende_allocations, 1, __ATOMIC_RELAXED);
    return __libc_malloc(size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    __atomic_fetch_add(&atiende_allocations, 1, __ATOMIC_RELAXED);
    *memory = __libc_memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}
