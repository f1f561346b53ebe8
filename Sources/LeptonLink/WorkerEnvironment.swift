import Glibc

/// The environment of a worker: a few names of the front end's, and what must stand there before the
/// worker's libraries load.
enum WorkerEnvironment {
  /// What passes from the front end's environment.
  ///
  /// These say where libraries and data are, and serve sanitizers and profiler. Programs see none.
  static let passed = [
    "PATH", "HOME", "XDG_DATA_HOME", "TMPDIR", "LD_LIBRARY_PATH", "LEPTON_DATA",
    "LLVM_PROFILE_FILE",
    "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS",
  ]

  /// What every worker has.
  ///
  /// OpenBLAS reads its two when it is loaded, and at no later moment: without the first it starts a
  /// pool of threads of its own, without the second its sums depend on the processor. The C library
  /// takes memory in large pages, for all threads from one place, and keeps what it may need again:
  /// page by page, a program that makes long lists would spend a third of its time on that, and a sum of two
  /// tensors of a million numbers nine tenths.
  static var fixed: [String] {
    var variables = [
      "OPENBLAS_NUM_THREADS=1", "SWIFT_BACKTRACE=enable=no", "LC_ALL=C.UTF-8",
      "GLIBC_TUNABLES=" + memory.joined(separator: ":"),
    ]
    #if arch(x86_64)
      variables.append("OPENBLAS_CORETYPE=Haswell")
    #endif
    return variables
  }

  private static let memory = [
    "glibc.malloc.hugetlb=1", "glibc.malloc.arena_max=1", "glibc.malloc.top_pad=4194304",
    "glibc.malloc.trim_threshold=268435456", "glibc.malloc.mmap_threshold=33554432",
  ]

  /// The whole, as `NAME=value`.
  static var variables: [String] {
    let inherited = passed.compactMap { name in
      getenv(name).map { "\(name)=\(String(cString: $0))" }
    }
    return inherited + fixed
  }
}
