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
}
