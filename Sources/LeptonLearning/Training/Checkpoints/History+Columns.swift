import LeptonTensor

// A history as columns of numbers, one for each epoch.
extension History {
  /// The columns that are there for every epoch, under their names.
  var columns: [(name: String, numbers: [Double])] {
    let plain: [(String, (Epoch) -> Double?)] = [
      ("loss", { $0.loss }), ("rate", { $0.rate }), ("seconds", { $0.seconds }),
      ("accuracy", { $0.accuracy }), ("validation loss", { $0.validationLoss }),
      ("validation accuracy", { $0.validationAccuracy }),
    ]
    return
      (plain + measured("metric", \.metrics) + measured("validation metric", \.validationMetrics))
      .compactMap { name, number in
        let numbers = epochs.compactMap(number)
        return numbers.count == epochs.count ? (name, numbers) : nil
      }
  }

  /// The columns of metrics, numbered to keep their order.
  private func measured(
    _ word: String, _ part: @escaping (Epoch) -> [Measurement]
  ) -> [(String, (Epoch) -> Double?)] {
    (epochs.first.map(part) ?? []).enumerated().map { place, measurement in
      (
        "\(word) \(place) \(measurement.name)",
        { epoch in part(epoch).indices.contains(place) ? part(epoch)[place].value : nil }
      )
    }
  }

  /// The history that has these columns.
  ///
  /// - Throws: `TensorError` with code `train/checkpoint` if they do not go together.
  init(columns: [(name: String, numbers: [Double])]) throws {
    self.init()
    let known = Dictionary(columns.map { ($0.name, $0.numbers) }) { first, _ in first }
    let count = known["loss"]?.count ?? 0
    guard columns.allSatisfy({ $0.numbers.count == count }), known["rate"]?.count == count,
      known["seconds"]?.count == count
    else { throw TensorError("train/checkpoint", "the columns of its history do not go together") }
    let metrics = History.measured("metric", columns)
    let validation = History.measured("validation metric", columns)
    for index in 0..<count {
      func number(_ name: String) -> Double? { known[name]?[index] }
      var epoch = Epoch(
        loss: number("loss") ?? .nan, accuracy: number("accuracy"),
        validationLoss: number("validation loss"),
        validationAccuracy: number("validation accuracy"),
        metrics: metrics.map { Measurement($0.name, $0.numbers[index]) },
        rate: number("rate") ?? .nan, seconds: number("seconds") ?? 0)
      epoch.validationMetrics = validation.map { Measurement($0.name, $0.numbers[index]) }
      append(epoch)
    }
  }

  /// The columns of metrics in the order of their numbers, which are taken off.
  private static func measured(
    _ word: String, _ columns: [(name: String, numbers: [Double])]
  ) -> [(name: String, numbers: [Double])] {
    columns.compactMap { column -> (place: Int, name: String, numbers: [Double])? in
      guard column.name.hasPrefix(word + " ") else { return nil }
      let parts = column.name.dropFirst(word.count + 1).split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let place = Int(parts[0]) else { return nil }
      return (place, String(parts[1]), column.numbers)
    }.sorted { $0.place < $1.place }.map { ($0.name, $0.numbers) }
  }
}
