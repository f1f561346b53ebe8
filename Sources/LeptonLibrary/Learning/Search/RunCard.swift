import LeptonLearning
import LeptonRuntime
import LeptonSession

extension Library {
  static var runCard: Builtin {
    Builtin(
      "run_card(model)",
      "What a trained model was made with, as a table: data and their digest, seed, sizes, options, memory.",
      details: """
        The digest is BLAKE2b's over the examples in their order: other data have another one. The key of chance is what \
        the seed became; with data and options it gives the very model again. How long training took is shown at the prompt, and in a \
        report with `--timings`. The field `data_digest` is the digest.
        """,
      examples: [
        "run_card(train(dense(3), iris(), seed=1)).multiply_adds": "12"
      ]
    ) { (model: ModelObject) in
      guard let record = model.model.record else {
        throw LanguageError(
          "value/range", "the model was not trained in this session, so nothing is known of that",
          help: ["train it: run_card(train(model, data))"])
      }
      return try RunCard(model.model, record).table(source: model.source)
    }
  }
}

/// The facts of a run as lines.
private struct RunCard {
  private let model: Model
  private let record: TrainingRecord
  private let summary: Summary

  init(_ model: Model, _ record: TrainingRecord) throws {
    self.model = model
    self.record = record
    summary = try Summary(model.layer, exampleShape: model.exampleShape)
  }

  func table(source: String) throws -> TableObject {
    let digest = try Fingerprint.of(record.data)
    let epochs = model.history?.epochs ?? []
    let options = record.facts.filter { !["layers", "examples", "epochs"].contains($0.name) }
      .filter { !["nothing", ""].contains($0.value) }
    let lines: [(String, String)] =
      [
        ("model", source.replacing("\n", with: "; ")), ("parameters", "\(summary.parameters)"),
        ("multiply-adds", "\(summary.multiplyAdds)"), ("data", record.data.name),
        ("examples", "\(record.data.count)"), ("data digest", digest),
        ("key of chance", String(record.key, radix: 16)),
      ] + options.map { ($0.name, $0.value) } + [
        ("epochs", "\(epochs.count)"), ("steps", "\(record.steps)"),
        ("peak memory in bytes", "\(record.peakBytes)"),
        ("steps are planned", "\(record.isPlanned)"),
      ]
    let seconds = epochs.reduce(0) { $0 + $1.seconds }
    return try TableObject(
      Table(
        columns: [
          .init("what"), .init("value"), .init("seconds", .fixed(digits: 2), isTiming: true),
        ],
        rows: lines.map { name, value in
          [.text(name), .text(value), name == "epochs" ? .float(seconds) : .missing]
        }),
      totals: Record([
        "data_digest": .string(digest), "parameters": .int(summary.parameters),
        "multiply_adds": .int(summary.multiplyAdds), "peak_bytes": .int(record.peakBytes),
      ]))
  }
}
