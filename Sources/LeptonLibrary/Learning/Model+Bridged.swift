import LeptonData
import LeptonLearning
import LeptonRuntime
import LeptonSession
import LeptonTensor

/// A model as a value of the language: a function with parameters.
final class ModelObject: Object, Callable, Composite, Bridged {
  let model: Model
  /// The layers, as the value of the language from which the model was made.
  let architecture: Value
  /// What prepares its inputs, as it was learned with the parameters; nothing if they go in as they are.
  let preparation: InputPreparation?

  /// Makes a model; one that is made of another keeps that one's layers and preparation.
  init(_ model: Model, of architecture: Value, preparation: InputPreparation? = nil) {
    self.model = model
    let earlier = architecture.object as? ModelObject
    self.architecture = earlier?.architecture ?? architecture
    self.preparation = preparation ?? earlier?.preparation
  }

  static var typeName: String { "model" }
  var name: String { "model" }

  /// Takes a model; of a layer it says where a model comes from.
  static func bridging(_ value: Value) throws -> ModelObject {
    if case .object(let object) = value, let model = object as? ModelObject { return model }
    var mistake = mismatch(value)
    if value.callable != nil {
      mistake.help = [
        "training gives a model and leaves the layers as they are: net = train(net, …)"
      ]
    }
    throw mistake
  }

  /// The Lepton that makes the model before it was trained.
  var source: String { architecture.source }
  var parts: [Value] { [architecture] }
  var sharedName: String? { nil }

  func source(_ write: (Value) -> String) -> String { write(architecture) }

  var fieldNames: [String] {
    ["history", "parameters", "frozen", "states", "classes", "input", "preparation"]
  }

  func field(_ name: String) throws -> Value? {
    switch name {
    case "history": model.history.map { .object(HistoryObject($0)) } ?? .nothing
    case "parameters": .record(parameters)
    case "states": .record(states)
    case "frozen":
      model.parameters.paths.filter(model.frozen.contains).value
    case "classes": model.classes.value
    case "input": model.exampleShape.value
    case "preparation": preparation.map { PreparationObject($0).value } ?? .nothing
    default: nil
    }
  }

  /// Computes the outputs for a batch.
  func call(_ arguments: Arguments, in context: Context) throws -> Value {
    guard let given = arguments.positional.first, arguments.positional.count == 1,
      let inputs = try? InputArgument.bridging(given)
    else {
      throw LanguageError("call/arguments", "a model is called with one tensor")
    }
    let x = try inputs.tensor(for: self)
    return try model.layer.outputParts.value(of: outputs(of: x))
  }

  /// The outputs; where one example is given and does not do, it is told that a batch is wanted.
  private func outputs(of x: Tensor) throws -> Tensor {
    do {
      return try calling { try model(x) }
    } catch var error as LanguageError where x.shape.sizes == model.exampleShape {
      error.help = [
        "this is one example, and a model is called with a batch: xs[0:1] instead of xs[0], or predict(model, x)"
      ]
      throw error
    }
  }

  func isSame(as other: any Object) -> Bool { self === other }
}

/// How training went, as a value of the language.
final class HistoryObject: Object {
  let history: History

  init(_ history: History) { self.history = history }

  static var typeName: String { "history" }
  var source: String { "history" }
  var count: Int? { history.epochs.count }
  var fieldNames: [String] {
    (history.epochs.first ?? .init(loss: 0, accuracy: nil, rate: 0, seconds: 0)).fields.map(\.name)
  }

  /// A list with the number of each epoch.
  func field(_ name: String) throws -> Value? {
    guard fieldNames.contains(name) else { return nil }
    return .list(
      history.epochs.map { epoch in epoch.fields.first { $0.name == name }?.value ?? .nothing })
  }

  func outputs(in context: Context) throws -> [Output]? { [.table(table), .chart(chart())] }

  /// How many epochs the table shows at most; of more it shows one in two, in three and so on.
  private static let shownEpochs = 12

  /// The epochs that the table shows: the first, the last, and evenly many between.
  private var shown: [Int] {
    let count = history.epochs.count
    let stride = (count + Self.shownEpochs - 3) / (Self.shownEpochs - 2)
    guard count > Self.shownEpochs else { return Array(0..<count) }
    return (0..<count).filter { $0 == 0 || $0 == count - 1 || ($0 + 1) % stride == 0 }
  }

  /// A line for each epoch that is shown.
  private var table: Table {
    let epochs = history.epochs
    let columns: [(Table.Column, (History.Epoch) -> Double?)] = [
      (.init("loss", .fixed(digits: 4)), { $0.loss }),
      (.init("accuracy", .ofMeasure("accuracy")), { $0.accuracy }),
      (.init("validation loss", .fixed(digits: 4)), { $0.validationLoss }),
      (.init("validation accuracy", .ofMeasure("accuracy")), { $0.validationAccuracy }),
      (.init("learning rate"), { $0.rate }),
      (.init("seconds", .fixed(digits: 2), isTiming: true), { $0.seconds }),
    ]
    let shownColumns =
      (columns.prefix(4) + metricColumns + columns.dropFirst(4)).filter { column in
        epochs.contains { column.1($0) != nil }
      }
    return Table(
      columns: [.init("epoch")] + shownColumns.map(\.0),
      rows: shown.map { index in
        [.int(index + 1)] + shownColumns.map { $0.1(epochs[index]).map { .float($0) } ?? .missing }
      })
  }

  /// The columns of the metrics, and of those on the validation examples.
  private var metricColumns: [(Table.Column, (History.Epoch) -> Double?)] {
    let epoch = history.epochs.last
    func column(_ name: String) -> Table.Column { .init(name, .ofMeasure(name)) }
    return (epoch?.metrics ?? []).indices.map { index in
      (column(epoch?.metrics[index].name ?? ""), { $0.metrics[index].value })
    }
      + (epoch?.validationMetrics ?? []).indices.map { index in
        (
          column("validation \(epoch?.validationMetrics[index].name ?? "")"),
          { $0.validationMetrics.indices.contains(index) ? $0.validationMetrics[index].value : nil }
        )
      }
  }

  /// The curves of the losses.
  func chart(title: String = "", yScale: Chart.Scale = .linear) -> Chart {
    func series(_ name: String, _ number: (History.Epoch) -> Double?) -> Chart.Series? {
      let points = history.epochs.enumerated().compactMap { index, epoch in
        number(epoch).map { (Double(index + 1), $0) }
      }
      return points.isEmpty ? nil : .init(name: name, x: points.map(\.0), y: points.map(\.1))
    }
    return Chart(
      title: title.isEmpty ? "Learning curve" : title, xLabel: "epoch", yLabel: "loss",
      yScale: yScale,
      series: [series("training") { $0.loss }, series("validation") { $0.validationLoss }]
        .compactMap(\.self))
  }
}
