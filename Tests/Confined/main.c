#define _GNU_SOURCE
#include "CConfined.h"

#include <CPlatform.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void *nothing(void *argument) { return argument; }

static int begin_thread(void) {
  pthread_t thread;
  int error = pthread_create(&thread, NULL, nothing, NULL);
  if (error == 0) return pthread_join(thread, NULL);
  errno = error;
  return -1;
}

static int act(enum confined_attempt attempt, const char *listed, const char *other) {
  struct rlimit limit = {.rlim_cur = 1 << 20, .rlim_max = RLIM_INFINITY};
  char *arguments[] = {"true", NULL}, *environment[] = {NULL};
  switch (attempt) {
    case confined_reads_listed: return open(listed, O_RDONLY);
    case confined_reads_other: return open(other, O_RDONLY);
    case confined_writes: return open(other, O_WRONLY | O_CREAT, 0600);
    case confined_starts_thread: return begin_thread();
    case confined_starts_process: return (int)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
    case confined_starts_program: return execve("/bin/true", arguments, environment);
    case confined_opens_socket: return socket(AF_INET, SOCK_DGRAM, 0);
    case confined_signals_parent: return kill(getppid(), 0);
    case confined_makes_code:
      return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
    case confined_raises_limit: return setrlimit(RLIMIT_FSIZE, &limit);
    case confined_traces: return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
  }
  errno = EINVAL;
  return -1;
}

int confined_try(enum confined_attempt attempt, const char *listed, const char *other) {
  // Without the handlers of a fork: that of OpenBLAS would wait for threads that compute for other tests.
  pid_t child = _Fork();
  if (child == 0) {
    alarm(30);
    struct lepton_limits limits = {.memory = 0, .cpu_seconds = 60};
    if (lepton_confine_files(&listed, 1) != 0 || lepton_confine_use(limits) != 0 ||
        lepton_confine_calls() != 0) {
      _exit(255);
    }
    _exit(act(attempt, listed, other) >= 0 ? 0 : errno);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return -1;
  return WIFEXITED(status) && WEXITSTATUS(status) != 255 ? WEXITSTATUS(status) : -1;
}
