import Glibc
import LeptonLink
import LeptonNotebook

/// Programs of people whom nobody knows, and how the kernel confines the workers that run them.
enum Strangers {
  /// The confinement of a worker; refused where the system has no means for it.
  ///
  /// - Parameters:
  ///   - readable: What may be read beside the bundled data, from the root.
  ///   - seconds: How long the run may take; its threads together may take that on every processor.
  ///   - otherwise: What to do on a system that cannot confine.
  static func confinement(
    reading readable: [String], memory: Int, seconds: Double, otherwise: String
  ) throws(RunRefusal) -> Confinement {
    guard Confinement.means != nil else {
      throw RunRefusal(
        .usage,
        "this system cannot confine a stranger's program: its kernel has no seccomp filters",
        help: [otherwise])
    }
    let processors = Double(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let processorSeconds = Int(min(1e9, (seconds + 10) * processors))
    return Confinement(readable: readable, memory: memory, processorSeconds: processorSeconds)
  }
}
