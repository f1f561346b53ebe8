#define _GNU_SOURCE
#include "confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Landlock, by the numbers of the kernel's interface: headers are often older than kernels.

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

struct landlock_rules {
  uint64_t files;    // which uses of files are forbidden unless a rule allows them
  uint64_t network;  // from version 4
  uint64_t scopes;   // from version 6
};

struct landlock_path {
  uint64_t allowed;
  int32_t folder;
} __attribute__((packed));

enum { landlock_version_flag = 1, landlock_rule_path = 1 };
static const uint64_t read_file = 1 << 2, read_folder = 1 << 3;

int lepton_landlock_version(void) {
  long version = syscall(SYS_landlock_create_ruleset, NULL, 0, landlock_version_flag);
  return version > 0 ? (int)version : 0;
}

static struct landlock_rules everything_of(int version, size_t *size) {
  struct landlock_rules rules = {.files = (1 << 13) - 1};
  if (version >= 2) rules.files |= 1 << 13;      // moving between folders
  if (version >= 3) rules.files |= 1 << 14;      // cutting files
  if (version >= 5) rules.files |= 1 << 15;      // controlling devices
  if (version >= 4) rules.network = 1 << 0 | 1 << 1;  // TCP: binding, connecting
  if (version >= 6) rules.scopes = 1 << 0 | 1 << 1;   // abstract sockets, signals
  *size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  return rules;
}

static int allow_reading(int rules, const char *path) {
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0) return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -1;
  struct stat status;
  int result = fstat(place, &status);
  if (result == 0) {
    struct landlock_path rule = {
        .allowed = S_ISDIR(status.st_mode) ? read_file | read_folder : read_file, .folder = place};
    result = (int)syscall(SYS_landlock_add_rule, rules, landlock_rule_path, &rule, 0);
  }
  int saved = errno;
  close(place);
  errno = saved;
  return result;
}

int lepton_confine_files(const char *const *readable, size_t count) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  int version = lepton_landlock_version();
  if (version == 0) return 0;
  size_t size;
  struct landlock_rules everything = everything_of(version, &size);
  int rules = (int)syscall(SYS_landlock_create_ruleset, &everything, size, 0);
  if (rules < 0) return -1;
  int result = 0;
  for (size_t index = 0; index < count && result == 0; index++) {
    result = allow_reading(rules, readable[index]);
  }
  if (result == 0) result = (int)syscall(SYS_landlock_restrict_self, rules, 0);
  int saved = errno;
  close(rules);
  errno = saved;
  return result;
}

// Limits.

static int limit(__rlimit_resource_t resource, unsigned long value) {
  struct rlimit limit = {.rlim_cur = value, .rlim_max = value};
  return setrlimit(resource, &limit);
}

int lepton_confine_use(struct lepton_limits limits) {
  if (limits.memory > 0 && limit(RLIMIT_AS, limits.memory) != 0) return -1;
  if (limits.cpu_seconds > 0 && limit(RLIMIT_CPU, limits.cpu_seconds) != 0) return -1;
  if (limit(RLIMIT_CORE, 0) != 0 || limit(RLIMIT_FSIZE, 0) != 0) return -1;
  return limit(RLIMIT_NOFILE, 64);
}

int lepton_thread_count(void) {
  struct stat status;  // a folder's links are itself, its name above, and one for each folder in it
  return stat("/proc/self/task", &status) == 0 && status.st_nlink > 2 ? (int)status.st_nlink - 2 : 0;
}

// The filter of calls.

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

int lepton_filters_calls(void) {
#ifdef THIS_ARCHITECTURE
  uint32_t action = SECCOMP_RET_ERRNO;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
#else
  return 0;
#endif
}

#ifdef THIS_ARCHITECTURE

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, field))
// The low half of an argument: both architectures are little-endian.
#define LOAD_ARGUMENT(number) LOAD(args[number])
#define LOAD_UPPER_HALF(number) \
  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offsetof(struct seccomp_data, args[number]) + 4)
#define GIVE(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define REFUSE(error) GIVE(SECCOMP_RET_ERRNO | (error))
// What follows of `count` instructions is for this call alone.
#define ON(call, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, (count))
#define ALLOW(call) ON(call, 1), GIVE(SECCOMP_RET_ALLOW)
// Allows the call if the argument equals, has all the bits, has none of the bits of a value.
#define ALLOW_EQUAL(call, number, value) \
  ON(call, 4), LOAD_ARGUMENT(number), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, 1), \
      GIVE(SECCOMP_RET_ALLOW), REFUSE(EPERM)
#define ALLOW_WITH(call, number, bits) \
  ON(call, 4), LOAD_ARGUMENT(number), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), \
      GIVE(SECCOMP_RET_ALLOW), REFUSE(EPERM)
#define ALLOW_WITHOUT(call, number, bits) \
  ON(call, 4), LOAD_ARGUMENT(number), BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 1, 0), \
      GIVE(SECCOMP_RET_ALLOW), REFUSE(EPERM)

int lepton_confine_calls(void) {
  struct sock_filter filter[] = {
      LOAD(arch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0),
      GIVE(SECCOMP_RET_KILL_PROCESS),
      LOAD(nr),

      // Waiting, and threads that share all with this one.
      ALLOW(SYS_futex), ALLOW(SYS_sched_yield), ALLOW(SYS_sched_getaffinity),
      ALLOW(SYS_nanosleep), ALLOW(SYS_clock_nanosleep), ALLOW(SYS_clock_gettime),
      ALLOW(SYS_clock_getres), ALLOW(SYS_gettimeofday), ALLOW(SYS_ppoll),
#ifdef SYS_poll
      ALLOW(SYS_poll), ALLOW(SYS_time),
#endif
      ALLOW(SYS_set_robust_list), ALLOW(SYS_get_robust_list), ALLOW(SYS_set_tid_address),
#ifdef SYS_rseq
      ALLOW(SYS_rseq),
#endif
#ifdef SYS_membarrier
      ALLOW(SYS_membarrier),
#endif
      ALLOW_WITH(SYS_clone, 0, CLONE_THREAD),
#ifdef SYS_clone3
      // Its flags stand in memory, where a filter does not look; whoever hears this uses `clone`.
      ON(SYS_clone3, 1), REFUSE(ENOSYS),
#endif
      ALLOW(SYS_exit), ALLOW(SYS_exit_group), ALLOW(SYS_restart_syscall),

      // Memory, which never becomes code.
      ALLOW(SYS_brk), ALLOW(SYS_munmap), ALLOW(SYS_mremap), ALLOW(SYS_madvise),
      ALLOW_WITHOUT(SYS_mmap, 2, PROT_EXEC), ALLOW_WITHOUT(SYS_mprotect, 2, PROT_EXEC),

      // What is open, and what may be read: which files, others decide.
      ALLOW(SYS_read), ALLOW(SYS_pread64), ALLOW(SYS_readv), ALLOW(SYS_lseek), ALLOW(SYS_close),
      ALLOW(SYS_write), ALLOW(SYS_writev), ALLOW(SYS_recvfrom), ALLOW(SYS_sendto),
      ALLOW(SYS_dup), ALLOW(SYS_fcntl), ALLOW(SYS_fstat), ALLOW(SYS_newfstatat),
#ifdef SYS_statx
      ALLOW(SYS_statx),
#endif
#ifdef SYS_openat2
      ALLOW(SYS_openat2),
#endif
#ifdef SYS_open
      ALLOW_WITHOUT(SYS_open, 1, O_ACCMODE | O_CREAT | O_TRUNC), ALLOW(SYS_stat), ALLOW(SYS_lstat),
      ALLOW(SYS_access), ALLOW(SYS_readlink),
#endif
      ALLOW_WITHOUT(SYS_openat, 2, O_ACCMODE | O_CREAT | O_TRUNC), ALLOW(SYS_faccessat),
      ALLOW(SYS_readlinkat), ALLOW(SYS_getdents64), ALLOW(SYS_getcwd), ALLOW(SYS_fadvise64),
      ON(SYS_ioctl, 1), REFUSE(ENOTTY),

      // Itself.
      ALLOW(SYS_getpid), ALLOW(SYS_gettid), ALLOW(SYS_getuid), ALLOW(SYS_geteuid),
      ALLOW(SYS_getgid), ALLOW(SYS_getegid), ALLOW(SYS_getrandom), ALLOW(SYS_uname),
      ALLOW(SYS_sysinfo), ALLOW(SYS_getrusage), ALLOW(SYS_getcpu), ALLOW(SYS_rt_sigaction),
      ALLOW(SYS_rt_sigprocmask), ALLOW(SYS_rt_sigreturn), ALLOW(SYS_sigaltstack),
      ALLOW_EQUAL(SYS_tgkill, 0, (uint32_t)getpid()),
      // Asking for a limit, which leaves both halves of the address of a new one 0.
      ON(SYS_prlimit64, 6), LOAD_ARGUMENT(2), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 2),
      LOAD_UPPER_HALF(2), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0), REFUSE(EPERM),
      GIVE(SECCOMP_RET_ALLOW),
#ifdef SYS_getrlimit
      ALLOW(SYS_getrlimit),
#endif
      ALLOW_EQUAL(SYS_prctl, 0, PR_SET_NAME),

      REFUSE(EPERM),
  };
  struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -1;
  long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
  if (result > 0) errno = EBUSY;  // a thread that has a filter of its own
  return result == 0 ? 0 : -1;
}

#else

int lepton_confine_calls(void) {
  errno = ENOSYS;
  return -1;
}

#endif
