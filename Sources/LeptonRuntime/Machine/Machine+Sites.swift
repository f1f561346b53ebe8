import LeptonSyntax

/// What the calls that are going on tell about a value that is being made.
extension Machine {
  /// The name of the texts that come with the language begins like this.
  private static let ownTexts = "stdlib/"

  /// The innermost call that stands in the user's own text, `inner` calls out from the running one.
  func site(outOf inner: Int = 0) -> CallSite? {
    let depths = (0..<max(0, frameCount - inner)).reversed()
    let own = depths.first { !frames[$0].prototype.source.name.hasPrefix(Self.ownTexts) }
    return (own ?? depths.first).map {
      CallSite(frames[$0].prototype.source, span(of: frames[$0]))
    }
  }

  /// The word written in Lepton whose body runs, as the call of it that makes the same again:
  /// `lion(0.001, 0.9, 0.99)`; nothing in the user's own text.
  var libraryCall: String? {
    guard frameCount > 0 else { return nil }
    let frame = frames[frameCount - 1]
    let maker = frame.prototype
    guard maker.source.name.hasPrefix(Self.ownTexts), !maker.isCell, !maker.name.hasPrefix("<")
    else { return nil }
    let arguments = maker.parameters.indices.map { Value(frame.base[$0]).source }
    return "\(maker.name)(\(arguments.joined(separator: ", ")))"
  }

  /// The name to which the value of the running call will be given, looked for out to the body of
  /// the layer that runs.
  var targetName: String? {
    for depth in (0..<frameCount).reversed() {
      let place = span(of: frames[depth])
      let targets = frames[depth].prototype.targets.filter {
        $0.span.start <= place.start && place.end <= $0.span.end
      }
      if let innermost = targets.max(by: { $0.span.start < $1.span.start }) {
        return innermost.name
      }
      if frames[depth].isEntry { return nil }
    }
    return nil
  }
}
