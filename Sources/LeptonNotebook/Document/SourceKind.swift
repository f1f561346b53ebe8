/// What a file is: a notebook, or a plain program.
public enum SourceKind: Sendable, Hashable {
  case notebook, program

  /// Tells by the ending of a file's name, else by how it begins: with `#!` it is a program.
  ///
  /// - Parameter path: The name; `-` is standard input, which is a program if it begins so.
  public init(of path: String, text: String) {
    self =
      path.hasSuffix(".lep") || Self.isNeutral(path) && text.hasPrefix("#!") ? .program : .notebook
  }

  /// Tells what a text without a name is: a notebook if a line opens a cell.
  public init(ofNameless text: String) {
    let opens = text.split(separator: "\n").contains {
      $0.hasPrefix("```lepton") || $0.hasPrefix("~~~lepton")
    }
    self = opens ? .notebook : .program
  }

  private static func isNeutral(_ path: String) -> Bool {
    !path.hasSuffix(".lnb") && !path.hasSuffix(".md")
  }
}
