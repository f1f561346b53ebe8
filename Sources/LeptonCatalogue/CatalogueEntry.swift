/// What the catalogue says about a data set.
public struct CatalogueEntry: Sendable, Hashable {
  /// Its name, which is also its folder: `mnist`.
  public let name: String
  /// What is learned from it: `picture classification`.
  public let task: String
  /// What a program says to have it: `mnist()`.
  public let word: String
  /// How large it is, in words: `150 × 4`.
  public let size: String
  /// One sentence about it.
  public let summary: String
  /// Who made it.
  public let creators: String
  /// Where these files come from.
  public let source: String
  /// Under what licence.
  public let licence: String
  /// Its files.
  public let files: [File]
  /// What others reach on it, the best first: `accuracy 96.0 % (logistic regression, 5-fold)`.
  public let scores: [String]
  /// The shape of all its inputs, over all its parts.
  public let shape: [Int]
  /// The names of its classes; empty where its targets are no classes.
  public let classes: [String]
  /// The names of its columns; empty for pictures and sounds.
  public let features: [String]

  /// A file of a set.
  public struct File: Sendable, Hashable {
    /// Its name in the folder.
    public let name: String
    /// How many bytes it has.
    public let byteCount: Int
    /// The SHA-256 of its bytes.
    public let digest: String
    /// What it looks like: `1,000 lines of 2 columns`; empty where nobody brings it.
    public let form: String
    /// From where it can be loaded, or nothing.
    public let address: String?

    init(
      _ name: String, _ byteCount: Int, _ digest: String, form: String = "", address: String? = nil
    ) {
      self.name = name
      self.byteCount = byteCount
      self.digest = digest
      self.form = form
      self.address = address
    }
  }

  /// All sets, those that come along first.
  public static let all = bundled + brought

  /// The set of a name; `-` counts as `_`.
  public static func named(_ name: String) -> CatalogueEntry? {
    let name = name.replacing("-", with: "_")
    return all.first { $0.name == name }
  }

  /// Whether it comes along.
  public var isBundled: Bool { CatalogueEntry.bundled.contains { $0.name == name } }

  /// Whether all its files can be loaded.
  public var canBeLoaded: Bool { files.allSatisfy { $0.address != nil } }

  /// How many bytes its files have.
  public var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }

  /// How it comes to be on a machine, in a few words.
  public var way: String {
    if isBundled { return "comes along" }
    return "lepton-run data \(canBeLoaded ? "get" : "add") \(name)\(canBeLoaded ? "" : " FILE")"
  }
}
