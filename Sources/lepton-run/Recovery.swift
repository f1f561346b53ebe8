import Glibc
import LeptonFiles
import LeptonNotebook

/// Where a report goes that could not be written where it was to go, so that nothing computed is lost:
/// a folder of its own in `$XDG_STATE_HOME/lepton/recovered`, or `~/.local/state/lepton/recovered`.
enum Recovery {
  /// Writes a report there, in the form that was asked for.
  ///
  /// - Returns: The file; nothing if that cannot be written either.
  static func keep(
    _ report: RecordingSink, of result: RunResult, from output: ReportOutput
  ) -> String? {
    guard let folder = newFolder(for: result.notebook.name) else { return nil }
    let other = output.moved(to: folder)
    do throws(FileError) {
      try report.replay(into: other.sink(title: result.notebook.title))
      if let problem = other.finish(result) { throw problem }
      return other.file
    } catch {
      // Where nothing came into the folder, it goes.
      rmdir(folder)
      return nil
    }
  }

  private static func newFolder(for notebook: String) -> String? {
    guard let parent = state.map({ $0 + "/lepton/recovered" }) else { return nil }
    var path = ""
    for name in parent.split(separator: "/") {
      path += "/" + name
      mkdir(path, 0o700)
    }
    let stem = "\(parent)/\(PictureStore.folderName(for: notebook).dropLast(4))"
    let folders = [stem] + (2...9999).lazy.map { "\(stem)-\($0)" }
    return folders.first { mkdir($0, 0o700) == 0 || errno != EEXIST }
  }

  private static var state: String? {
    if let path = getenv("XDG_STATE_HOME").map({ String(cString: $0) }), path.hasPrefix("/") {
      return path
    }
    return getenv("HOME").map { String(cString: $0) + "/.local/state" }
  }
}
