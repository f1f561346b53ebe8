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
    let interpreter = Interpreter(library: .standard(), files: broker)
    interpreter.context.isSmokeRun = isSmokeRun
    return interpreter
  }

  /// What the options grant, and the bundled data.
  ///
  /// The options' paths are relative to the current folder, the broker's to the folder of the
  /// notebook; so they are made absolute.
  private var broker: FileBroker {
    let roots = readableRoots.map(WorkerOptions.absolute)
    var broker = FileBroker(
      folder: folder ?? roots.first ?? ".",
      readable: roots + DataFolders.ofThisProcess().folders,
      writable: writableRoots.map(WorkerOptions.absolute))
    if notesFiles { broker.log = FileLog() }
    return broker
  }

  private static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let memory = getcwd(nil, 0) else { return path }
    defer { free(memory) }
    return String(cString: memory) + "/" + path
  }

  /// Sets a limit behind our own, which are checked before memory is asked for.
  func limitAddressSpace() {
    guard let addressSpaceLimit, addressSpaceLimit > 0 else { return }
    let bytes = rlim_t(addressSpaceLimit)
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
  }
}
