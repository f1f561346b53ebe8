import LeptonTensor

/// What the machine may do by itself where a word is called with plain values.
///
/// The word's body gives the same, and does whatever the machine cannot: a shortcut changes how long a
/// call takes and nothing else.
public enum Shortcut {
  /// A fraction for a number, as the square root, and the same for a tensor.
  case function(number: @convention(c) (Double) -> Double, tensor: (Tensor) throws -> Tensor)
  /// A tensor for a tensor.
  case tensor((Tensor) throws -> Tensor)
  /// How many elements a list, a string or a record has.
  case count
  /// The whole numbers from a start up to an end.
  case range
  /// The value under a name of a record, or else a third value.
  case lookup
  /// A list with one more element at its end.
  case append
}
