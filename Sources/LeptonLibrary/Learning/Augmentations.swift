import LeptonLearning
import LeptonRuntime

extension Library {
  /// Small changes of training pictures by chance.
  static var augmentations: Family {
    Family(
      "Augmentation",
      [
        augmentation(
          "shift(pixels)", "Moves pictures by up to so many pixels along each axis.",
          "shift(2) >> rotate(10)"
        ) { .shift(pixels: $0) },
        augmentation(
          "rotate(degrees)", "Turns pictures by up to so many degrees.", "rotate(10)"
        ) { .rotate(degrees: $0) },
        augmentation(
          "scale(fraction)", "Makes pictures larger or smaller by up to a fraction.", "scale(0.1)"
        ) { .scale(fraction: $0) },
        augmentation(
          "shear(fraction)", "Slants pictures by up to a fraction of their height.", "shear(0.1)"
        ) { .shear(fraction: $0) },
        elasticBend,
      ])
  }

  private static var elasticBend: Builtin {
    Builtin(
      "elastic_bend(pixels, grid = 8)",
      "Bends pictures smoothly, as if they were drawn on rubber, by up to so many pixels along each axis.",
      details: """
        For `augment=` of `train`, composed with others by `>>`. `grid` points along each axis move by chance, and the pixels \
        between them follow a cubic B-spline (after Simard and others 2003); pixels move by about a quarter of \
        `pixels`.
        """,
      examples: ["shift(1) >> elastic_bend(6)": "shift(1) >> elastic_bend(6, 8)"]
    ) { (pixels: Double, grid: Int) in
      try Settings.require(
        pixels.isFinite && pixels >= 0, "the amount must be a number from 0 on")
      try Settings.require((4...64).contains(grid), "a bend has 4 to 64 points along each axis")
      return Augmentation([.elastic(pixels: pixels, grid: grid)])
    }
  }

  private static func augmentation(
    _ heading: String, _ summary: String, _ example: String,
    _ step: @escaping (Double) -> Augmentation.Step
  ) -> Builtin {
    Builtin(
      heading, summary,
      details:
        "For `augment=` of `train`; several are composed with `>>` and done in one resampling.",
      examples: [example: example]
    ) { (amount: Double) in
      guard amount.isFinite, amount >= 0 else {
        throw LanguageError("value/range", "the amount must be a number from 0 on, not \(amount)")
      }
      return Augmentation([step(amount)])
    }
  }
}
