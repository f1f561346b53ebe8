#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int lepton_process_open(pid_t process) {
#ifdef SYS_pidfd_open
  return (int)syscall(SYS_pidfd_open, process, 0);  // close-on-exec by definition
#else
  return -1;
#endif
}

int lepton_process_signal(int descriptor, int signal) {
#ifdef SYS_pidfd_send_signal
  return (int)syscall(SYS_pidfd_send_signal, descriptor, signal, NULL, 0);
#else
  errno = ENOSYS;
  return -1;
#endif
}

int lepton_exit_status(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
}

int lepton_exit_signal(int wait_status) {
  return WIFSIGNALED(wait_status) ? WTERMSIG(wait_status) : 0;
}

enum { signal_limit = 65 };
static volatile sig_atomic_t counts[signal_limit];
static volatile sig_atomic_t descriptors[signal_limit];

static void count_signal(int signal) {
  int saved = errno;
  counts[signal] = counts[signal] + 1;
  if (descriptors[signal] >= 0) {
    char byte = (char)signal;
    ssize_t written = write(descriptors[signal], &byte, 1);  // a full pipe already says it
    (void)written;
  }
  errno = saved;
}

int lepton_watch_signal(int signal, int descriptor) {
  if (signal < 1 || signal >= signal_limit) {
    errno = EINVAL;
    return -1;
  }
  descriptors[signal] = descriptor;
  struct sigaction action = {.sa_handler = count_signal};
  sigemptyset(&action.sa_mask);
  if (sigaction(signal, &action, NULL) != 0) return -1;
  // Whoever started us may have blocked it, and a child inherits that.
  sigset_t watched;
  sigemptyset(&watched);
  sigaddset(&watched, signal);
  return pthread_sigmask(SIG_UNBLOCK, &watched, NULL);
}

int lepton_signal_count(int signal) {
  return signal < 1 || signal >= signal_limit ? 0 : (int)counts[signal];
}

int lepton_shell(const char *command) {
  int status = system(command);
  return status == -1 ? -1 : lepton_exit_status(status);
}

int lepton_spawn_close_from(posix_spawn_file_actions_t *actions, int lowest) {
  return posix_spawn_file_actions_addclosefrom_np(actions, lowest);
}

int lepton_pipe(int ends[2]) {
  return pipe2(ends, O_CLOEXEC | O_NONBLOCK);
}
