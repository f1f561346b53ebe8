// A process that confines itself and then tries one thing that a stranger's program might try:
//
//     confined ATTEMPT LISTED OTHER
//
// It may read LISTED only; OTHER is another file. It ends with 0, with the number of the error by which the system
// refused, or with 255 if it could not be confined.
//
//     confined without-seccomp PROGRAM ARGUMENT...
//     confined without-landlock PROGRAM ARGUMENT...
//
// becomes the program, for which the kernel is one that knows neither filters of calls nor Landlock, or no Landlock.
#define _GNU_SOURCE
#include <CPlatform.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
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

// Makes the kernel answer two calls as one does that does not know them.
static int become_without(int call, int other_call, char **program) {
  struct sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, other_call, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog rules = {.len = sizeof filter / sizeof *filter, .filter = filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &rules) != 0) return 255;
  execv(program[0], program);
  return 255;
}

int main(int count, char **arguments) {
  enum { landlock_create_ruleset = 444 };
  if (count > 2 && strcmp(arguments[1], "without-seccomp") == 0) {
    return become_without(SYS_seccomp, landlock_create_ruleset, arguments + 2);
  }
  if (count > 2 && strcmp(arguments[1], "without-landlock") == 0) {
    return become_without(landlock_create_ruleset, landlock_create_ruleset, arguments + 2);
  }
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
