import LeptonCatalogue
import LeptonRuntime

extension Library {
  /// The table of contents: every family of words, in the order of the reference, and every file of
  /// `stdlib/`.
  public static func standard() -> Library {
    Library(
      families: [
        conversation, atThePrompt, numbers, reductions, text, textQuestions, lists, listFunctions,
        records,
        sequences,
        aboutValues, tensors, structure, moving, places, tensorArithmetic, cumulatives,
        charts, lessons,
        linearAlgebra, fourier, signals, statistics, chance, gradients, running, files,
        layers, normalizations, convolutions, poolings, initializers, losses, optimizers,
        schedules, parameterGroups, dataSets, preparing, prepared, textPieces, augmentations,
        training, tracing,
        models, pictures, estimates, bundledSets, modelFiles, tables, tablesTogether,
        planning, searching,
      ],
      files: [
        file("sequences", PackageResources.sequences_lep),
        file("attention", PackageResources.attention_lep),
        file("numbers", PackageResources.numbers_lep), file("lists", PackageResources.lists_lep),
        file("text", PackageResources.text_lep), file("records", PackageResources.records_lep),
        file("statistics", PackageResources.statistics_lep),
        file("tensors", PackageResources.tensors_lep),
        file("activations", PackageResources.activations_lep),
        file("noise", PackageResources.noise_lep),
        file("models", PackageResources.models_lep),
        file("convolution", PackageResources.convolution_lep),
        file("blocks", PackageResources.blocks_lep),
        file("targets", PackageResources.targets_lep),
        file("intervals", PackageResources.intervals_lep),
        file("losses", PackageResources.losses_lep),
        file("metrics", PackageResources.metrics_lep),
        file("scores", PackageResources.scores_lep),
        file("probabilities", PackageResources.probabilities_lep),
        file("schedules", PackageResources.schedules_lep),
        file("optimizers", PackageResources.optimizers_lep),
        file("data", PackageResources.data_lep),
        file("sound", PackageResources.sound_lep),
        file("sound_augmentation", PackageResources.sound_augmentation_lep),
        file("denoising", PackageResources.denoising_lep),
        file("reports", PackageResources.reports_lep),
        file("tables", PackageResources.tables_lep),
        file("splits", PackageResources.splits_lep),
        file("texts", PackageResources.texts_lep),
        file("series", PackageResources.series_lep),
      ],
      suggestions: [
        "code": { Explanation.all.map { ($0.code, $0.title) } },
        "path": { CatalogueEntry.all.flatMap(\.paths) },
      ])
  }

  private static func file(_ name: String, _ bytes: [UInt8]) -> File {
    File(name: name, text: String(decoding: bytes, as: UTF8.self))
  }
}

extension CatalogueEntry {
  /// The names under which its files are read, each with what the set is.
  fileprivate var paths: [(text: String, summary: String)] {
    files.map { ("data:\(name)/\($0.name)", summary) }
  }
}
