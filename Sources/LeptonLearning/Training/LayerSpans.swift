import LeptonTensor

/// Which steps of a trace belong to which layer.
final class LayerSpans: LayerObserver {
  /// The trace on which the layers run.
  var trace: Trace?
  private var open: [(run: LayerRun, start: Int)] = []
  private var spans: [(run: LayerRun, steps: Range<Int>)] = []

  func layerBegins(_ run: LayerRun) { open.append((run, trace?.count ?? 0)) }

  func layerEnds(_ output: Tensor?) {
    guard let last = open.popLast() else { return }
    spans.append((last.run, last.start..<max(last.start, trace?.count ?? 0)))
  }

  /// The innermost layer to which a step belongs, with its path; nothing for the loss.
  func layer(of step: Int) -> (source: String, path: String)? {
    // Inner layers end first.
    spans.first { $0.steps.contains(step) }.map {
      ($0.run.layer.source, $0.run.path.joined(separator: "."))
    }
  }
}
