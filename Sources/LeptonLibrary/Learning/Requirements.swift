import LeptonRuntime
import LeptonTensor

extension Library {
  /// Holds what a loss or a score is given against what it can take.
  static var requireEach: Builtin {
    Builtin(
      "require_each(x, holds, needs, help = nothing, code = \"data/target\")",
      "The tensor itself, if something holds for each element; else a failure that tells the first for which it does not.",
      details: """
        It begins losses and scores, so that a wrong target is told with its place. `holds` is a function of the \
        tensor that gives a truth for each element, or for each row; `needs` is what the message begins with. Where \
        elements are not known, because a step of training or a planned function is being recorded, nothing is looked \
        at: `train` tries its loss on all targets before the first step.
        """,
      examples: [
        "require_each([0.0, 1.0], y -> 0 <= y <= 1, \"shares are needed\")": "tensor([0.0, 1.0])",
        "try { require_each([0, 5], y -> y < 5, \"labels below 5 are needed\") } catch e { e.message }":
          "\"labels below 5 are needed, and at [1] stands 5\"",
      ]
    ) {
      (context: Context, x: Tensor, holds: Callee, needs: String, help: String?, code: String)
        -> Tensor in
      guard !x.isTraced else { return x }
      let answer = try holds(.tensor(x), in: context)
      guard let truths = try answer.asTensor() else {
        throw LanguageError(
          "type/result", "`holds` must give truths, and it gave \(answer.typeDescription)")
      }
      if try truths.isTraced || truths.all().item() != 0 { return x }
      throw LanguageError(
        try ownCode(code), needs + (try x.firstExcluded(by: truths)), help: help.map { [$0] } ?? [])
    }
  }
}

extension Tensor {
  /// More elements of a row are not told.
  private static let told = 8

  /// The end of a message about the first element, or row, of which something is not true:
  /// `, and at [1] stands 5`.
  fileprivate func firstExcluded(by truths: Tensor) throws -> String {
    let place = try truths.elements(as: Int.self).firstIndex(of: 0) ?? 0
    guard shape.sizes.starts(with: truths.shape.sizes) else {
      throw LanguageError(
        "type/result",
        "`holds` gives a truth for each element, or each row, of shape \(shape), and not \(truths.shape)"
      )
    }
    guard truths.shape.rank > 0 else { return numeral.map { ", not \($0)" } ?? "" }
    let width = shape.count / truths.shape.count
    let places = (0..<Swift.min(width, Tensor.told)).map { place * width + $0 }
    let numbers = try places.map(numeral)
    let end = width > Tensor.told ? ", …" : ""
    let row = "[" + numbers.joined(separator: ", ") + end + "]"
    let isElement = shape.rank == truths.shape.rank
    return ", and at \(truths.shape.indices(of: place)) stands \(isElement ? numbers[0] : row)"
  }

  /// The shortest text of the element at a place in row-major order.
  private func numeral(at place: Int) throws -> String {
    let line = try reshaped(to: [shape.count])
    return try line.sliced([Slice(from: place, to: place + 1)]).reshaped(to: []).numeral ?? ""
  }
}
