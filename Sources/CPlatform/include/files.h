#pragma once
#include <sys/types.h>

/// `O_PATH`, which the headers hide from Swift: opens a place without opening what is there.
static const int LEPTON_O_PATH = 010000000;

/// Opens a path below a folder; the kernel refuses every way out of the folder, through `..`, links
/// or mounts of processes. Returns a descriptor, or the negated `errno`; `-ENOSYS` where the kernel
/// (before Linux 5.6) or its filter does not know the call.
int lepton_open_beneath(int folder, const char *path, int flags, mode_t mode);
