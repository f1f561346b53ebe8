import LeptonSyntax

extension Statement.Module {
  /// The name that an import binds: the module's, or the file's without folder and ending.
  var importedName: Expression.Name {
    switch self {
    case .library(let name): return name
    case .file(let path, let span):
      let file = path.split(separator: "/").last ?? ""
      return Expression.Name(String(file.split(separator: ".").first ?? "module"), span)
    }
  }

  /// Whether two imports in one file are of the same module.
  func isSame(as other: Statement.Module) -> Bool {
    switch (self, other) {
    case (.library(let name), .library(let other)): name.text == other.text
    case (.file(let path, _), .file(let other, _)): path == other
    default: false
    }
  }
}
