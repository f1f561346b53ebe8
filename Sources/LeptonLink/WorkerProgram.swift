import Glibc

/// Where the worker's executable is.
public enum WorkerProgram {
  /// A text that is another one whenever the worker is another program: its path, size, identity and
  /// the time of its last change, which nobody can set at will.
  public static var fingerprint: String {
    var status = stat()
    guard let path = find(), stat(path, &status) == 0 else { return "" }
    let changed = "\(status.st_ctim.tv_sec).\(status.st_ctim.tv_nsec)"
    return "\(path) \(status.st_size) \(status.st_ino) \(changed)"
  }

  /// Finds it beside this program's executable, else in `../libexec/lepton`.
  static func find() -> String? {
    guard let here = folderOfThisProgram() else { return nil }
    let places = ["\(here)/lepton-worker", "\(here)/../libexec/lepton/lepton-worker"]
    return places.first { access($0, X_OK) == 0 }
  }

  private static func folderOfThisProgram() -> String? {
    let path = withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(PATH_MAX)) { buffer in
      guard let start = buffer.baseAddress else { return "" }
      let count = readlink("/proc/self/exe", start, buffer.count)
      return String(
        decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    guard let slash = path.lastIndex(of: "/") else { return nil }
    return String(path[..<slash])
  }
}
