/// Where a layer was made, and by what.
///
/// It is a part of the layer: two layers made at two places share no parameters, and are not the same.
public struct LayerOrigin: Hashable {
  /// The cell.
  public let cell: String
  /// The how manieth layer of the run of the cell it is.
  public let ordinal: Int
  /// What it is called: the function that made it, or else the name that it was given.
  public let name: String
  /// The function whose result it is, so that a call of it makes the layer again; or nothing.
  public let maker: String?
  /// What the function was given.
  public let arguments: [Argument]
  /// The call in the user's own text that made it, or nothing.
  public let site: CallSite?

  /// What a function was given for one of its parameters.
  public struct Argument {
    /// The parameter.
    public let name: String
    /// The value.
    public let value: Value
    /// The text of the parameter's default, where it has one.
    public let defaultText: String?
  }

  /// Whether two layers are one: made by the same run of the same place.
  public static func == (a: LayerOrigin, b: LayerOrigin) -> Bool {
    a.cell == b.cell && a.ordinal == b.ordinal
  }

  /// Hashes the place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(cell)
    hasher.combine(ordinal)
  }
}
