#pragma once

#include <spawn.h>
#include <sys/types.h>

/// Opens a descriptor that becomes readable when the process ends, closed on exec; -1 on a kernel
/// that has none (before Linux 5.3).
int lepton_process_open(pid_t process);

/// Sends a signal to the process behind a descriptor of `lepton_process_open`, and to no other that
/// got its number later.
int lepton_process_signal(int descriptor, int signal);

/// Takes the exit status out of what `waitpid` gave; -1 if a signal ended the process.
int lepton_exit_status(int wait_status);

/// Takes the signal that ended the process out of what `waitpid` gave; 0 if none did.
int lepton_exit_signal(int wait_status);

/// From now on counts a signal instead of letting it act, and writes a byte to `descriptor` each
/// time, unless that is -1. System calls under way are not restarted. The calling thread takes it,
/// even if the program was started with the signal blocked.
int lepton_watch_signal(int signal, int descriptor);

/// How often a watched signal has come.
int lepton_signal_count(int signal);

/// Runs a command of the shell on this terminal and waits for it; its status, or -1.
int lepton_shell(const char *_Nonnull command);

/// Closes every descriptor from `lowest` on in the process that is spawned.
int lepton_spawn_close_from(posix_spawn_file_actions_t *_Nonnull actions, int lowest);

/// Opens a pipe whose ends never block and are closed on exec.
int lepton_pipe(int ends[_Nonnull 2]);
