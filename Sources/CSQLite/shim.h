// SQLite as Swift sees it: the library's own header, and wrappers for what Swift cannot call (variadic functions and
// destructor constants made by a cast).
#pragma once
#include <sqlite3.h>

// SQLite takes a null address for NULL, even with a count of 0: an empty value needs an address.

/// Binds a copy of `count` bytes of UTF-8, whatever they hold.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes ? (const char *)bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds a copy of `count` bytes.
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

/// Turns one of the SQLITE_DBCONFIG_… switches on (1) or off (0).
static inline int csqlite_switch(sqlite3 *connection, int which, int on) {
    return sqlite3_db_config(connection, which, on, (int *)0);
}

/// Without memory statistics an allocation takes no lock that all connections share. Only before the first use.
static inline int csqlite_drop_memory_statistics(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
