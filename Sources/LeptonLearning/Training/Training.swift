import LeptonTensor

/// Training a model: the loop over epochs and batches.
///
/// Everything random is keyed: the parameters by their paths, the order by the epoch, dropout by the
/// step, augmentation by epoch and picture. So a run is a function of its key, whatever the threads,
/// and one that goes on from a ``Checkpoint`` gives the same bits as one that never stopped.
public enum Training {
  /// Trains a layer from fresh parameters and states, or on from those of a model.
  ///
  /// If the listener stops it, the model so far is returned, and its history says so.
  ///
  /// - Throws: `TensorError` if model, loss and data do not go together (before the first step), with
  ///   code `train/diverged` if the loss is no longer a number, or `train/checkpoint` if the
  ///   checkpoint to go on from is that of another run.
  public static func run(
    _ layer: any Layer, from start: Model? = nil, on data: Dataset,
    options: TrainingOptions, key: RandomKey, listener: (any TrainingListener)? = nil
  ) throws -> Model {
    var run = try TrainingRun(
      layer, from: start, on: data, options: options, key: key, listener: listener)
    return try run.model()
  }
}
