import LeptonTensor

/// Who is told of the layers of a model as they run, each inside the one that applies it.
protocol LayerObserver {
  /// A layer begins.
  func layerBegins(_ run: LayerRun)
  /// The layer that began last and has not ended yet ends.
  func layerEnds(_ output: Tensor?)
}

/// A layer that runs.
struct LayerRun {
  /// Where it stands: `["2.residual", "dense"]`.
  let path: [String]
  let layer: any Layer
  /// The tensor that it was given first.
  let input: Tensor?
  /// Whether it has not run before in this model; else it shares the parameters it had then.
  let isFirst: Bool
}
