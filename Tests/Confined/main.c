// A process that confines itself and then tries one thing that a stranger's program might try:
//
//     confined ATTEMPT LISTED OTHER
//
// It may read LISTED only; OTHER is another file. It ends with 0, with the number of the error by which the system
// refused, or with 255 if it could not be confined.
#define _GNU_SOURCE
#include <CPlatform.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

struct files {
  const char *listed, *other;
};

static int reads_listed(struct files files) { return open(files.listed, O_RDONLY); }
static int reads_other(struct files files) { return open(files.other, O_RDONLY); }
static int writes(struct files files) { return open(files.other, O_WRONLY | O_CREAT, 0600); }

static void *nothing(void *argument) { return argument; }

static int starts_thread(struct files files) {
  pthread_t thread;
  int error = pthread_create(&thread, NULL, nothing, NULL);
  if (error == 0) return pthread_join(thread, NULL);
  errno = error;
  return -1;
}

static int starts_process(struct files files) { return (int)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }

static int starts_program(struct files files) {
  char *arguments[] = {"true", NULL}, *environment[] = {NULL};
  return execve("/bin/true", arguments, environment);
}

static int opens_socket(struct files files) { return socket(AF_INET, SOCK_DGRAM, 0); }
static int signals_parent(struct files files) { return kill(getppid(), 0); }

static int makes_code(struct files files) {
  int access = PROT_READ | PROT_EXEC, kind = MAP_PRIVATE | MAP_ANONYMOUS;
  return mmap(NULL, 4096, access, kind, -1, 0) == MAP_FAILED ? -1 : 0;
}

static int raises_limit(struct files files) {
  struct rlimit limit = {.rlim_cur = 1 << 20, .rlim_max = RLIM_INFINITY};
  return setrlimit(RLIMIT_FSIZE, &limit);
}

static int traces(struct files files) { return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL); }

static const struct {
  const char *name;
  int (*make)(struct files files);
} attempts[] = {
    {"reads-listed", reads_listed},     {"reads-other", reads_other},       {"writes", writes},
    {"starts-thread", starts_thread},   {"starts-process", starts_process}, {"starts-program", starts_program},
    {"opens-socket", opens_socket},     {"signals-parent", signals_parent}, {"makes-code", makes_code},
    {"raises-limit", raises_limit},     {"traces", traces},
};

int main(int count, char **arguments) {
  if (count != 4) return 255;
  struct files files = {.listed = arguments[2], .other = arguments[3]};
  struct lepton_limits limits = {.memory = 0, .cpu_seconds = 60};
  if (lepton_confine_files(&files.listed, 1) != 0 || lepton_confine_use(limits) != 0 || lepton_confine_calls() != 0) {
    return 255;
  }
  for (size_t index = 0; index < sizeof attempts / sizeof *attempts; index++) {
    if (strcmp(attempts[index].name, arguments[1]) == 0) {
      _exit(attempts[index].make(files) >= 0 ? 0 : errno);
    }
  }
  return 255;
}
