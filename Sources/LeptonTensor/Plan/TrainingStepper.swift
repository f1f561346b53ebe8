/// What trains on one batch after the other: a plan, or the same step without one.
public protocol TrainingStepper: AnyObject {
  /// Trains on the examples at given places, as many as the batch; `step` counts batches from 1 over the
  /// whole training, and `update` the updates, each of which may have several batches: `share` is that of
  /// this one in the gradient. `averaging` is the way that averages go towards new parameters.
  func replay(
    _ places: ArraySlice<Int>, learningRate: Double, step: Int, update: Int?, share: Double,
    averaging: Double
  ) throws
  /// Puts other tensors of the same forms in the place of the resident examples.
  func supply(_ others: [Tensor]) throws
  /// The sums over all replays since ``resetSums()``.
  var sums: [Double] { get }
  /// Starts the sums again at 0.
  func resetSums()
  /// Goes on from sums that a checkpoint kept.
  func restoreSums(_ sums: [Double]) throws
  /// Copies of the watched values as the last replay left them.
  var watched: [Tensor] { get throws }
  /// The bytes of the results of a step that are kept at one time.
  var peakBytes: Int { get }
}
