#pragma once
#include <stddef.h>

/// The version of Landlock that the kernel speaks; 0 where it has none.
int lepton_landlock_version(void);

/// Whether the kernel filters a process's calls (seccomp with filters).
int lepton_filters_calls(void);

/// How many threads this process has; 0 where that cannot be told.
int lepton_thread_count(void);

/// What a confined process may use at most; 0 stands for no limit.
struct lepton_limits {
  unsigned long memory;       ///< Bytes of address space.
  unsigned long cpu_seconds;  ///< Seconds of processor time, of all threads.
};

/// Limits what the process may use, for good: memory, processor time, open files; it leaves no core
/// behind and writes no byte to any file. 0, or -1 with `errno`.
int lepton_confine_use(struct lepton_limits limits);

/// Lets the calling thread, and threads it starts, read what lies below these paths and touch no other
/// file, connect to nobody over TCP, and signal no other process, for good, as far as the kernel's
/// Landlock goes. Paths that do not exist are passed over. 0, or -1 with `errno`.
int lepton_confine_files(const char *_Nullable const *_Nonnull readable, size_t count);

/// Refuses to all threads every call that computing, reading files and talking over open descriptors do
/// not need, for good: processes, programs, sockets, new code, other processes' memory and signals,
/// privileges, changes of the file system. 0, or -1 with `errno`.
int lepton_confine_calls(void);
