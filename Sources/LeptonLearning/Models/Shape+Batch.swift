import LeptonTensor

extension Shape {
  /// The shape of a batch as messages show it: `[batch, 28, 28]`.
  public var perExample: String {
    guard rank > 0 else { return "[], one number for the whole batch" }
    return "[" + (["batch"] + sizes.dropFirst().map(String.init)).joined(separator: ", ") + "]"
  }
}
