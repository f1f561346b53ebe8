// Compiled for any x86-64, and run before anything that is not: a processor without AVX2 gets a
// sentence instead of an illegal instruction.

#if defined(__x86_64__) && !defined(LEPTON_PORTABLE)

#include <unistd.h>

enum { unsuited_processor = 78 };  // LeptonLink's WorkerProcess knows this number.

__attribute__((constructor(101))) static void check_processor(void) {
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v3")) return;
  static const char message[] =
      "lepton: this processor has no AVX2 and FMA, for which this program was built; "
      "build it with LEPTON_PORTABLE=1\n";
  ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
  (void)written;
  _exit(unsuited_processor);
}

#endif
