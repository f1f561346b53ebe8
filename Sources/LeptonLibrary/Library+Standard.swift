import LeptonRuntime

extension Library {
  /// The table of contents: every family of words, in the order of the reference, and every file of
  /// `stdlib/`.
  public static func standard() -> Library {
    Library(
      families: [
        conversation, numbers, reductions, text, lists, listFunctions, records, aboutValues,
        tensors, structure, moving, places, tensorArithmetic, cumulatives, linearAlgebra, fourier,
        statistics, chance, gradients, running, files,
        layers, initializers, losses, optimizers, dataSets, augmentations, training, models,
        pictures, bundledSets, modelFiles, tables,
      ],
      files: [
        File(name: "numbers", text: String(decoding: PackageResources.numbers_lep, as: UTF8.self)),
        File(name: "lists", text: String(decoding: PackageResources.lists_lep, as: UTF8.self)),
        File(
          name: "statistics", text: String(decoding: PackageResources.statistics_lep, as: UTF8.self)
        ),
        File(
          name: "tensors", text: String(decoding: PackageResources.tensors_lep, as: UTF8.self)
        ),
        File(
          name: "activations",
          text: String(decoding: PackageResources.activations_lep, as: UTF8.self)),
      ])
  }
}
