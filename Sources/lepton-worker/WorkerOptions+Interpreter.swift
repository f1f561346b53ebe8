import Glibc
import LeptonFiles
import LeptonLibrary
import LeptonLink
import LeptonRuntime
import LeptonTensor

extension WorkerOptions {
  /// Makes the interpreter that these options ask for.
  func makeInterpreter() -> Interpreter {
    if threads > 0 { Execution.threads = threads }
    return Interpreter(library: .standard(), files: broker)
  }

  /// What the options grant, and the bundled data.
  private var broker: FileBroker {
    FileBroker(
      folder: readableRoots.first ?? ".",
      readable: readableRoots + DataFolders.ofThisProcess().folders,
      writable: writableRoot.map { [$0] } ?? [])
  }

  /// Sets a limit behind our own, which are checked before memory is asked for.
  func limitAddressSpace() {
    guard let addressSpaceLimit, addressSpaceLimit > 0 else { return }
    let bytes = rlim_t(addressSpaceLimit)
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }
}
