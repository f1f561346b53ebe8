import LeptonDisplay
import LeptonFiles
import LeptonJSON

/// Keeps the pictures of a report: in a folder beside it, or inside the report itself.
public enum PictureStore: Sendable, Hashable {
  /// Files in the folder called `name` below `parent`; links begin with `name`.
  case folder(name: String, parent: String)
  /// Links that are the pictures.
  case embedded

  /// The name of the folder for the pictures of a notebook: `mnist.out` for `notebooks/mnist.lnb`.
  public static func folderName(for notebook: String) -> String {
    var name = String(notebook.split(separator: "/").last ?? "notebook")
    for suffix in [".md", ".lnb", ".lep"] where name.hasSuffix(suffix) && name.count > suffix.count
    {
      name.removeLast(suffix.count)
    }
    return (name == "-" ? "notebook" : name) + ".out"
  }

  /// Keeps a picture and gives the link to it.
  public func keep(_ picture: Picture, named name: String) throws(FileError) -> String {
    switch self {
    case .folder(let folder, let parent):
      let broker = FileBroker(folder: parent, writable: ["."])
      try broker.write(Array(picture.svg.utf8), to: "\(folder)/\(name)")
      return "\(folder)/\(name)"
    case .embedded: return Self.dataURL(of: picture.svg)
    }
  }

  /// An address that is the picture itself.
  static func dataURL(of svg: String) -> String {
    let base64 = try? JSON(encoding: Array(svg.utf8)).stringValue
    return "data:image/svg+xml;base64," + (base64 ?? "")
  }
}
