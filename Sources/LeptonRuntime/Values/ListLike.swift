/// An object that stands for a list wherever one is expected: a column of texts.
public protocol ListLike: Object {
  /// The elements, in order.
  var elements: [Value] { get }
}
