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
          "scale(fraction)", "Makes pictures larger or smaller by up to a fraction.", "scale(0.1)",
          most: 0.99
        ) { .scale(fraction: $0) },
        augmentation(
          "shear(fraction)", "Slants pictures by up to a fraction of their height.", "shear(0.1)"
        ) { .shear(fraction: $0) },
        elasticBend, mirror, randomCrop, cutOut,
        augmentation(
          "brightness(amount)", "Makes pictures lighter or darker by up to an amount.",
          "brightness(0.2)", pixelNote
        ) { .brightness(amount: $0) },
        augmentation(
          "pixel_noise(deviation)", "Adds normal noise to each pixel.", "pixel_noise(0.1)",
          pixelNote
        ) { .noise(deviation: $0) },
        mixing(
          "mixup(alpha = 0.2)",
          "Lays another training picture over each, and mixes their targets alike (Zhang and others 2018).",
          "mixup()", "mixup(0.2)"
        ) { .mixUp(alpha: $0) },
        mixing(
          "cutmix(alpha = 1)",
          "Puts a rectangle of another training picture into each, and mixes their targets by area (Yun and others 2019).",
          "mirror() >> cutmix()", "mirror(0.5) >> cutmix(1)"
        ) { .cutMix(alpha: $0) },
      ])
  }

  private static let pixelNote =
    "For `augment=` of `train`; pixels are changed after pictures are moved, and not cut off at 0 and 1."

  private static var mirror: Builtin {
    Builtin(
      "mirror(share = 0.5)", "Turns a share of the pictures left and right about.",
      details: mapNote, examples: ["mirror() >> rotate(10)": "mirror(0.5) >> rotate(10)"]
    ) { (share: Double) in
      try Settings.require((0...1).contains(share), "a share is a number from 0 to 1")
      return Augmentation([.mirror(share: share)])
    }
  }

  private static var randomCrop: Builtin {
    Builtin(
      "random_crop(pixels)",
      "Moves pictures by up to so many whole pixels along each axis, as if they were cut out of a margin of zeros.",
      details: mapNote, examples: ["random_crop(4) >> mirror()": "random_crop(4) >> mirror(0.5)"]
    ) { (pixels: Int) in
      try Settings.require((0...1 << 20).contains(pixels), "pixels are counted from 0 on")
      return Augmentation([.crop(pixels: pixels)])
    }
  }

  private static var cutOut: Builtin {
    Builtin(
      "cut_out(size)", "Sets a square of so many pixels a side to 0 (DeVries and Taylor 2017).",
      details: pixelNote, examples: ["cut_out(8)": "cut_out(8)"]
    ) { (size: Int) in
      try Settings.require((0...1 << 20).contains(size), "pixels are counted from 0 on")
      return Augmentation([.cutOut(size: size)])
    }
  }

  private static func mixing(
    _ heading: String, _ summary: String, _ example: String, _ shown: String,
    _ step: @escaping (Double) -> Augmentation.Step
  ) -> Builtin {
    Builtin(
      heading, summary,
      details: """
        For `augment=` of `train`, after all other steps. How much of each is left is drawn from the beta distribution of \
        `alpha`, at most 1: the smaller it is, the less is mixed. Classes become shares, so training shows no accuracy.
        """,
      examples: [example: shown]
    ) { (alpha: Double) in
      try Settings.require(alpha > 0 && alpha <= 1, "alpha is a number above 0, at most 1")
      return Augmentation([step(alpha)])
    }
  }

  private static let mapNote =
    "For `augment=` of `train`; several are composed with `>>` and done in one resampling."

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
      try requireAmount(pixels, most: largestAmount)
      try Settings.require((4...64).contains(grid), "a bend has 4 to 64 points along each axis")
      return Augmentation([.elastic(pixels: pixels, grid: grid)])
    }
  }

  private static func augmentation(
    _ heading: String, _ summary: String, _ example: String, _ details: String = mapNote,
    most: Double = largestAmount, _ step: @escaping (Double) -> Augmentation.Step
  ) -> Builtin {
    Builtin(
      heading, summary, details: details,
      examples: [example: example]
    ) { (amount: Double) in
      try requireAmount(amount, most: most)
      return Augmentation([step(amount)])
    }
  }

  /// No picture is changed by more, whatever is counted: pixels, degrees, brightness.
  private static let largestAmount = 1e6

  private static func requireAmount(_ amount: Double, most: Double) throws {
    guard amount >= 0, amount <= most else {
      throw LanguageError(
        "value/range",
        "the amount is a number from 0 to \(Value.float(most).source), not \(Value.float(amount).source)"
      )
    }
  }
}
